use serde::{Deserialize, Serialize};

/// What an import would do, or did: answer to `POST /api/v1/rooms/ROOM/products/import`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// The plan's name: send it as `apply` to have done what is shown here, and nothing else.
    pub plan: String,
    /// Whether it is done.
    pub applied: bool,
    /// How many products stay as they are.
    pub same: usize,
    /// What is new, and what changes.
    pub changes: Vec<ImportChange>,
    /// Rows that are left out.
    pub refused: Vec<ImportRefusal>,
}

/// A product that an import makes or changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportChange {
    /// The shop's own number for it.
    pub sku: String,
    /// Its title.
    pub title: String,
    /// Whether it is not there yet.
    pub new: bool,
    /// What changes.
    pub fields: Vec<FieldChange>,
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Which; of a variant with its own number before it.
    pub field: String,
    /// What it is now.
    pub from: String,
    /// What it becomes.
    pub to: String,
}

/// A row that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRefusal {
    /// Where it is in the file, from 1; in JSON which element.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}
