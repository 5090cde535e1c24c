//! The kinds of problem there are, each with its name, status and meaning.

use axum::http::StatusCode;

/// The kinds of problem there are. Their names are stable: clients may branch on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemType {
    /// No record has this IRI, and no page stands at this address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// Nothing of what there is can be accepted.
    NotAcceptable,
    /// The document is another than the request holds for.
    PreconditionFailed,
    /// The request breaks the protocol.
    BadRequest,
    /// The body is in a media type that is not read here.
    UnsupportedMediaType,
    /// The body is larger than what is read.
    BodyTooLarge,
    /// The body did not arrive in time.
    TooSlow,
    /// The address is longer than any that means something.
    AddressTooLong,
    /// The header fields are larger than what is read.
    FieldsTooLarge,
    /// The query or update is no SPARQL.
    QuerySyntax,
    /// The query or update is larger than what is evaluated, or changes more than one may.
    QueryTooLarge,
    /// The query or update asks for something this endpoint does not do.
    QueryRefused,
    /// The query or update ran out of time.
    QueryTimeout,
    /// The process that evaluated the query ended before the answer.
    QueryEnded,
    /// The answer has more bytes than one may.
    AnswerTooLarge,
    /// Another endpoint that the query asks with SERVICE did not answer as it should.
    ServiceFailed,
    /// The data, or shapes that came with them, break the rules of their syntax.
    RdfSyntax,
    /// Shapes that came with the data cannot be used.
    ShapesRefused,
    /// The validation ran out of time.
    ValidationTimeout,
    /// The request changes something and does not say of which version.
    PreconditionRequired,
    /// What was to be written breaks the shapes, or the rules of records.
    RecordRefused,
    /// The record cannot take this step in its life.
    StepRefused,
    /// The idempotency key was used for another request.
    KeyReused,
    /// The register could not keep it.
    NotStored,
    /// The request needs a token and shows none.
    TokenRequired,
    /// The token that the request shows is not one that may be used.
    InvalidToken,
    /// The token does not reach so far.
    InsufficientScope,
    /// Tokens that may not be used come too fast.
    TooManyAttempts,
    /// As many queries of one client run as may.
    TooManyQueries,
    /// As many queries or validations run as may.
    TooBusy,
    /// What is asked for was there and is no longer kept.
    Gone,
    /// What is asked for is being made for the first time.
    NotYet,
    /// Something broke on our side.
    Internal,
}

impl ProblemType {
    /// Every kind.
    pub const ALL: [Self; 34] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::PreconditionFailed,
        Self::BadRequest,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::TooSlow,
        Self::AddressTooLong,
        Self::FieldsTooLarge,
        Self::QuerySyntax,
        Self::QueryTooLarge,
        Self::QueryRefused,
        Self::QueryTimeout,
        Self::QueryEnded,
        Self::AnswerTooLarge,
        Self::ServiceFailed,
        Self::RdfSyntax,
        Self::ShapesRefused,
        Self::ValidationTimeout,
        Self::PreconditionRequired,
        Self::RecordRefused,
        Self::StepRefused,
        Self::KeyReused,
        Self::NotStored,
        Self::TokenRequired,
        Self::InvalidToken,
        Self::InsufficientScope,
        Self::TooManyAttempts,
        Self::TooManyQueries,
        Self::TooBusy,
        Self::Gone,
        Self::NotYet,
        Self::Internal,
    ];

    /// The last part of the problem type's IRI, `{site}problem/{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::PreconditionFailed => "precondition-failed",
            Self::BadRequest => "bad-request",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::BodyTooLarge => "body-too-large",
            Self::TooSlow => "too-slow",
            Self::AddressTooLong => "address-too-long",
            Self::FieldsTooLarge => "fields-too-large",
            Self::QuerySyntax => "query-syntax",
            Self::QueryTooLarge => "query-too-large",
            Self::QueryRefused => "query-refused",
            Self::QueryTimeout => "query-timeout",
            Self::QueryEnded => "query-ended",
            Self::AnswerTooLarge => "answer-too-large",
            Self::ServiceFailed => "service-failed",
            Self::RdfSyntax => "rdf-syntax",
            Self::ShapesRefused => "shapes-refused",
            Self::ValidationTimeout => "validation-timeout",
            Self::PreconditionRequired => "precondition-required",
            Self::RecordRefused => "record-refused",
            Self::StepRefused => "step-refused",
            Self::KeyReused => "key-reused",
            Self::NotStored => "not-stored",
            Self::TokenRequired => "token-required",
            Self::InvalidToken => "invalid-token",
            Self::InsufficientScope => "insufficient-scope",
            Self::TooManyAttempts => "too-many-attempts",
            Self::TooManyQueries => "too-many-queries",
            Self::TooBusy => "too-busy",
            Self::Gone => "gone",
            Self::NotYet => "not-yet",
            Self::Internal => "internal",
        }
    }

    /// The status of the answer.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::BadRequest
            | Self::QuerySyntax
            | Self::QueryTooLarge
            | Self::QueryRefused
            | Self::AnswerTooLarge
            | Self::RdfSyntax
            | Self::ShapesRefused => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::FieldsTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TokenRequired | Self::InvalidToken => StatusCode::UNAUTHORIZED,
            Self::InsufficientScope => StatusCode::FORBIDDEN,
            Self::TooManyAttempts | Self::TooManyQueries => StatusCode::TOO_MANY_REQUESTS,
            Self::QueryTimeout | Self::QueryEnded | Self::ValidationTimeout | Self::TooBusy | Self::NotYet => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Gone => StatusCode::GONE,
            Self::ServiceFailed => StatusCode::BAD_GATEWAY,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::RecordRefused | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::StepRefused => StatusCode::CONFLICT,
            Self::NotStored => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::NotAcceptable => "Not available in that form",
            Self::PreconditionFailed => "The document has changed",
            Self::BadRequest => "Bad request",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::BodyTooLarge => "The body is too large",
            Self::TooSlow => "The body came too slowly",
            Self::AddressTooLong => "The address is too long",
            Self::FieldsTooLarge => "The header fields are too large",
            Self::QuerySyntax => "The SPARQL cannot be read",
            Self::QueryTooLarge => "The query or update is too large",
            Self::QueryRefused => "The query or update asks for what is not done here",
            Self::QueryTimeout => "The query or update took too long",
            Self::QueryEnded => "The query took too much memory or broke",
            Self::AnswerTooLarge => "The answer is too large",
            Self::ServiceFailed => "Another endpoint did not answer as it should",
            Self::RdfSyntax => "The RDF cannot be read",
            Self::ShapesRefused => "The shapes cannot be used",
            Self::ValidationTimeout => "The validation took too long",
            Self::PreconditionRequired => "Say which version you change",
            Self::RecordRefused => "The record is not valid",
            Self::StepRefused => "The record cannot become that",
            Self::KeyReused => "The idempotency key was used before",
            Self::NotStored => "The register could not keep it",
            Self::TokenRequired => "A token is needed",
            Self::InvalidToken => "The token cannot be used",
            Self::InsufficientScope => "The token does not allow this",
            Self::TooManyAttempts => "Too many tokens that cannot be used",
            Self::TooManyQueries => "Too many queries at once",
            Self::TooBusy => "Too much at once",
            Self::Gone => "No longer kept",
            Self::NotYet => "Not made yet",
            Self::Internal => "Something broke",
        }
    }

    /// What it means, and what to do about it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NotFound => {
                "No record has this IRI and no page stands at this address. What was published stays, so look for a slip in the address; /resolve?iri= finds the document of an IRI in any spelling."
            }
            Self::MethodNotAllowed => "The address exists, but takes other methods; the Allow header names them.",
            Self::NotAcceptable => {
                "None of the media types accepted is available. The answer lists those that are; accept one of them or add its extension to the address."
            }
            Self::PreconditionFailed => {
                "The request holds only for a state of the document that is no longer the present one. Get the document again and decide anew."
            }
            Self::BadRequest => "The request breaks the rules of its protocol; the detail says which.",
            Self::UnsupportedMediaType => {
                "The body's media type is not read at this address. A query comes as application/sparql-query, an update as application/sparql-update, both as application/x-www-form-urlencoded too, data to be validated in an RDF syntax; the answer lists what is read."
            }
            Self::TooSlow => "The body of the request did not arrive in time. Send it again over a better connection.",
            Self::BodyTooLarge => {
                "The body of the request is larger than what is read here: four megabytes for a query or an update, ten for data. Send larger data in parts, or validate them with the program itself."
            }
            Self::AddressTooLong => {
                "The address of the request, with its query, is longer than what is read here, 32 KiB. A long query fits the body of a POST."
            }
            Self::FieldsTooLarge => {
                "The header fields of the request take more than what is read here, 32 KiB. Often a browser sends too many cookies."
            }
            Self::QuerySyntax => "The query or update is not SPARQL 1.1; the detail names line and column.",
            Self::QueryTooLarge => {
                "The query or update is longer, deeper or has more parts than this endpoint evaluates, or changes more than one may; the detail names the bound. Split it, use VALUES for long lists, or bring large data in by an import."
            }
            Self::QueryRefused => {
                "The query or update uses something that this endpoint does not offer, such as LOAD, named graphs or a SERVICE that is not asked from here; the detail says what."
            }
            Self::QueryTimeout => {
                "The query or update ran longer than this endpoint allows, and an update was not done. Make it more selective, or add a LIMIT to a query."
            }
            Self::QueryEnded => {
                "The process that evaluated the query ended before the answer: the query took more memory than one may, nested too deep, or met a fault of ours; the detail says which. Sort, group and join less at once, or add a LIMIT."
            }
            Self::AnswerTooLarge => {
                "The answer has more bytes than this endpoint sends; the detail names how many that are. Ask for less, with a LIMIT or page by page, or take a dump of everything from /dump."
            }
            Self::ServiceFailed => {
                "The query asks another endpoint with SERVICE, and that could not be reached, refused or gave no solutions; the detail names it and tells what it said. Ask it yourself to see whether it works, or write SERVICE SILENT to go on without it."
            }
            Self::RdfSyntax => {
                "The text breaks the rules of its RDF syntax; the detail says how, and names line and column where the syntax has them."
            }
            Self::ShapesRefused => {
                "The shapes that were sent along are ill-formed, or ask for what is not done here; the detail names the shape and what to do."
            }
            Self::ValidationTimeout => {
                "The validation ran longer than is allowed here. Send fewer data at once, or simplify the shapes that you sent along."
            }
            Self::PreconditionRequired => {
                "A change of a record says of which version it is, so that no change of others is lost. Get the document and send its ETag as If-Match; If-None-Match: * makes a record that is not there yet."
            }
            Self::RecordRefused => {
                "What was to be written breaks the shapes, or the rules that every record keeps. Nothing was written. Each violation names the record, the value and what to mend; ask for an RDF syntax to get the whole validation report."
            }
            Self::StepRefused => {
                "A record is submitted, stable, deprecated or superseded, and withdrawn at last. The detail names what it can become from where it is."
            }
            Self::KeyReused => {
                "An idempotency key names one request. Send the same request again with it, or another with a new key."
            }
            Self::NotStored => {
                "The register could not write to its disk, which may be full or read-only. Nothing was written, and what was published stays. The operator finds the cause in the log; send it again when it is mended."
            }
            Self::TokenRequired => {
                "Only those whom the operator gave a token write here and see what waits to be published. Send it in the header field Authorization: Bearer, and never in an address."
            }
            Self::InvalidToken => {
                "The token is not known here, or it ended or was revoked; the detail tells which to whoever has the whole of it. Look whether it was copied whole, or ask the operator for a new one."
            }
            Self::InsufficientScope => {
                "The token is good, but not for this: the detail says which kinds and numbers of records it may write, or which role is needed. Ask the operator for a token that may."
            }
            Self::TooManyAttempts => {
                "Tokens that cannot be used came from your network, or from everywhere, faster than is answered. Mend the token that is sent, then try again after the number of seconds in Retry-After. A token that can be used is answered at any time."
            }
            Self::TooManyQueries => {
                "As many queries from your address, or from your network of IPv6, are running as one client may run at once; RateLimit-Policy tells how many. Wait until one has ended, or try again after the number of seconds in Retry-After."
            }
            Self::TooBusy => {
                "As many queries or validations are running as this endpoint allows. Try again after the number of seconds in Retry-After."
            }
            Self::Gone => {
                "What is asked for was here and is no longer kept; the detail names what there is instead. What stays for good are documents, their versions and the releases of the list."
            }
            Self::NotYet => {
                "What is asked for is being made for the first time since the server was started. Try again after the number of seconds in Retry-After."
            }
            Self::Internal => "The fault is ours; it was logged. Trying again may help.",
        }
    }

    /// What a client is asked for in `WWW-Authenticate`: <https://www.rfc-editor.org/rfc/rfc6750#section-3>.
    pub(super) const fn challenge(self) -> Option<&'static str> {
        match self {
            // Who showed no token is told of no error.
            Self::TokenRequired => Some("Bearer realm=\"European Service List\""),
            Self::InvalidToken => Some("Bearer realm=\"European Service List\", error=\"invalid_token\""),
            Self::InsufficientScope => Some("Bearer realm=\"European Service List\", error=\"insufficient_scope\""),
            _ => None,
        }
    }

    /// The kind of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.name() == name)
    }
}
