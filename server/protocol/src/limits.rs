/// Bounds that both ends agree on. The server refuses what is past them; a client need not send it.
#[derive(Debug, Clone, Copy)]
pub struct ProtocolLimits {
    /// Characters in a comment (YouTube allows 200, bilibili 100).
    pub comment_chars: usize,
    /// Characters in an announcement: two lines on a phone.
    pub announcement_chars: usize,
    /// Rectangles that comments keep off at once: some faces and some products.
    pub avoid_zones: usize,
    /// Characters in a user's name.
    pub name_chars: usize,
    /// Characters in a room's or product's title.
    pub title_chars: usize,
    /// Characters in the reason of a report.
    pub reason_chars: usize,
    /// Characters in a payee's name, and in an account's number.
    pub payee_chars: usize,
    /// Gifts in a catalogue.
    pub gifts: usize,
    /// Characters in a gift's name.
    pub gift_name_chars: usize,
    /// Coins for one gift.
    pub gift_price: u32,
    /// Gifts in one command.
    pub gift_count: u32,
    /// Longest time that a luxury gift plays, milliseconds.
    pub gift_play_ms: u32,
    /// Taps on one gift that are no further apart count together, milliseconds.
    pub combo_ms: i64,
    /// Bytes in a gift's asset.
    pub gift_asset_bytes: usize,
    /// Taps in one command that likes: what two thumbs do in the second and a half between two.
    pub like_count: u32,
    /// Bytes in one socket frame from a client.
    pub frame_bytes: usize,
    /// Bytes in one JSON body.
    pub body_bytes: usize,
    /// Characters in an `Idempotency-Key` (as Stripe has it).
    pub idempotency_key_chars: usize,
    /// Items in one order line.
    pub order_quantity: u32,
    /// Lines in an order.
    pub order_lines: usize,
    /// Shortest password accepted, in characters (NIST SP 800-63B).
    pub password_min_chars: usize,
    /// Longest password accepted, in bytes: bounds the work of argon2.
    pub password_max_bytes: usize,
}

/// The bounds in force.
pub const LIMITS: ProtocolLimits = ProtocolLimits {
    comment_chars: 100,
    announcement_chars: 80,
    avoid_zones: 8,
    name_chars: 32,
    title_chars: 120,
    reason_chars: 200,
    payee_chars: 100,
    gifts: 100,
    gift_name_chars: 24,
    gift_price: 1_000_000,
    gift_count: 99,
    gift_play_ms: 15_000,
    combo_ms: 5_000,
    gift_asset_bytes: 4 * 1024 * 1024,
    like_count: 30,
    frame_bytes: 8 * 1024,
    body_bytes: 64 * 1024,
    idempotency_key_chars: 255,
    order_quantity: 99,
    order_lines: 20,
    password_min_chars: 8,
    password_max_bytes: 256,
};
