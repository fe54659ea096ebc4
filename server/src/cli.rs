//! What a person types.

use crate::config::Flags;
use clap::{Args, Parser, Subcommand, ValueEnum};
use protocol::{Role, Scope, ServerTime};
use std::path::PathBuf;

/// A live shop in one program: streams in over RTMP, LL-HLS out, rooms, cards and orders.
#[derive(Debug, Parser)]
#[command(name = "livestall", version)]
pub struct Cli {
    /// Settings that every command takes.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the shop; prints `listening on http://ADDRESS` once it answers
    Serve,
    /// Do what the API does, for scripts; works beside a running server
    Admin {
        /// The job.
        #[command(subcommand)]
        job: Job,
    },
}

/// A job of `livestall admin`.
#[derive(Debug, Subcommand)]
pub enum Job {
    /// Users
    User {
        /// The job.
        #[command(subcommand)]
        job: UserJob,
    },
    /// Rooms
    Room {
        /// The job.
        #[command(subcommand)]
        job: RoomJob,
    },
    /// Check that money, stock, coupons and logs are what they must be; says what it checked, and exits with 1 when
    /// something is not
    Audit,
    /// Gifts
    Gifts {
        /// The job.
        #[command(subcommand)]
        job: GiftsJob,
    },
    /// API keys
    Key {
        /// The job.
        #[command(subcommand)]
        job: KeyJob,
    },
    /// Print what a room sold, as one JSON object
    Sales {
        /// The room
        room: String,
        /// One of its shows, by its number; all of them when absent
        #[arg(long)]
        show: Option<u64>,
    },
    /// Hosts' income on its way out
    Withdrawal {
        /// The job.
        #[command(subcommand)]
        job: WithdrawalJob,
    },
    /// Past shows
    Show {
        /// The job.
        #[command(subcommand)]
        job: ShowJob,
    },
    /// Print a bearer token of a user
    Token {
        /// The user's name
        user: String,
    },
}

/// A job about users.
#[derive(Debug, Subcommand)]
pub enum UserJob {
    /// Make a user; prints it as one JSON object
    Create {
        /// The user's name
        name: String,
        /// What the user may do
        #[arg(long, value_enum, default_value = "viewer")]
        role: RoleName,
        /// The password; without one the user only has tokens
        #[arg(long, env = "LIVESTALL_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
}

/// A job about rooms.
#[derive(Debug, Subcommand)]
pub enum RoomJob {
    /// Make a room; prints one JSON object with `room`, `stream_key` and `publish_url`
    Create {
        /// The name in addresses: lower-case letters, digits, hyphens
        name: String,
        /// The name of its host
        #[arg(long, value_name = "USER")]
        host: String,
        /// Title; the name when absent
        #[arg(long)]
        title: Option<String>,
        /// Picture for lists: an https address or a path on the server
        #[arg(long, default_value = "")]
        cover: String,
    },
}

/// A job about gifts.
#[derive(Debug, Subcommand)]
pub enum GiftsJob {
    /// Put the gifts of a file in force; prints the catalogue as one JSON object. A running server tells its viewers
    Import {
        /// JSON, as `GET /api/v1/gifts` has it; each `asset` and `icon` a file beside it
        file: PathBuf,
    },
}

/// A job about API keys.
#[derive(Debug, Subcommand)]
pub enum KeyJob {
    /// Make a key of a user's; prints it as one JSON object, with the token that is told this once
    Create {
        /// The user's name
        user: String,
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it may do, such as orders:read; more than once for more
        #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = scope)]
        scopes: Vec<Scope>,
    },
    /// Print a user's keys, each as one JSON object a line
    List {
        /// The user's name
        user: String,
    },
    /// Make a key good for nothing
    Revoke {
        /// The user's name
        user: String,
        /// The key's number
        key: i64,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    let words = Scope::ALL.map(Scope::as_str).join(", ");
    let found = Scope::ALL.into_iter().find(|scope| scope.as_str() == text);
    found.ok_or_else(|| format!("expected one of {words}"))
}

/// A job about withdrawals.
#[derive(Debug, Subcommand)]
pub enum WithdrawalJob {
    /// Print those that stand at a status, each as one JSON object a line
    List {
        /// requested, held, approved, paid, rejected or cancelled
        #[arg(default_value = "requested")]
        status: String,
    },
    /// Find a withdrawal right; above 50,000 coins two admins do
    Approve(Review),
    /// Refuse a withdrawal, or note that the bank could not pay it; its coins are the host's income again
    Reject(Review),
    /// Note that the bank paid it, with its reference
    Pay(Review),
    /// Print what was paid in a period as CSV
    Settlement {
        /// The period's first moment, such as 2026-11-01T00:00:00Z
        #[arg(long, value_name = "TIME")]
        from: ServerTime,
        /// The first moment after it
        #[arg(long, value_name = "TIME")]
        to: ServerTime,
    },
}

/// What a reviewer does about a withdrawal.
#[derive(Debug, Args)]
pub struct Review {
    /// The withdrawal's number
    pub withdrawal: i64,
    /// The admin who says so; never the host whose income it is
    #[arg(long, value_name = "USER")]
    pub by: String,
    /// Why, or the bank's reference
    #[arg(long, default_value = "")]
    pub note: String,
}

/// A job about past shows.
#[derive(Debug, Subcommand)]
pub enum ShowJob {
    /// Write a whole show to a tar file: events, comments, chapters, products
    Export {
        /// The room
        room: String,
        /// The show's number, as `GET /api/v1/rooms/ROOM/shows` lists it
        show: u64,
        /// The file
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Import comments into a show that is over; prints one JSON object with what was taken and what not
    Import {
        /// The room
        room: String,
        /// The show's number
        show: u64,
        /// The file: bilibili's XML, ASS or JSON, by its ending
        file: PathBuf,
    },
}

/// A role by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Watches, chats, buys
    Viewer,
    /// Owns rooms and products besides
    Host,
    /// The installation's super-admin
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Viewer => Self::Viewer,
            RoleName::Host => Self::Host,
            RoleName::Admin => Self::Admin,
        }
    }
}
