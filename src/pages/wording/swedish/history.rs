//! The history of records in Swedish.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "Historik",
    all_versions: "Alla versioner",
    versions_are: "Postens versioner, den nyaste först",
    when: "När",
    who: "Vem",
    on_behalf_of: "för",
    activity: "Vad som gjordes",
    why: "Varför",
    changes: "Vad som ändrades",
    compare: "Jämför med versionen före",
    status: "Status",
    statuses: ["reserverad", "inlämnad", "gällande", "inaktuell", "ersatt", "indragen"],
    is_past: "En tidigare version.",
    is_present: "Den nuvarande versionen.",
    said_then: "Så stod det då.",
    names_are_of_now: "Andra poster nämns vid sina nuvarande namn.",
    to_present: "Posten som den är nu",
    earlier: "Versionen före",
    later: "Versionen efter",
    from_to: ("från version", "till version"),
    before: "Före",
    after: "Efter",
    nothing: "inget",
    nothing_changed: "Dessa versioner skiljer sig inte åt.",
    part: "Del av posten",
};
