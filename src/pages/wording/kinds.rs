//! What kinds of records are called.

/// The names of the kinds of records in one language.
pub(in crate::pages) struct Kinds {
    pub(super) antwoord_phase: &'static str,
    pub(super) assessment: &'static str,
    pub(super) channel: &'static str,
    pub(super) channel_type: &'static str,
    pub(super) co_design: &'static str,
    pub(super) co_design_method: &'static str,
    pub(super) confidence: &'static str,
    pub(super) contact_point: &'static str,
    pub(super) event: &'static str,
    pub(super) function: &'static str,
    pub(super) government_level: &'static str,
    pub(super) handling: &'static str,
    pub(super) interaction: &'static str,
    pub(super) list: &'static str,
    pub(super) navigation: &'static str,
    pub(super) organisation: &'static str,
    pub(super) pilot: &'static str,
    pub(super) public_service: &'static str,
    pub(super) reason: &'static str,
    pub(super) scope: &'static str,
    pub(super) service_type: &'static str,
    pub(super) suitability: &'static str,
}

impl Kinds {
    /// What a kind is called; nothing for a kind that an import brought.
    pub(in crate::pages) fn name(&self, kind: &str) -> Option<&'static str> {
        Some(match kind {
            "antwoord-phase" => self.antwoord_phase,
            "assessment" => self.assessment,
            "channel" => self.channel,
            "channel-type" => self.channel_type,
            "co-design" => self.co_design,
            "co-design-method" => self.co_design_method,
            "confidence" => self.confidence,
            "contact-point" => self.contact_point,
            "event" => self.event,
            "function" => self.function,
            "government-level" => self.government_level,
            "handling" => self.handling,
            "interaction" => self.interaction,
            "list" => self.list,
            "navigation" => self.navigation,
            "organisation" => self.organisation,
            "pilot" => self.pilot,
            "public-service" => self.public_service,
            "reason" => self.reason,
            "scope" => self.scope,
            "service-type" => self.service_type,
            "suitability" => self.suitability,
            _ => return None,
        })
    }
}
