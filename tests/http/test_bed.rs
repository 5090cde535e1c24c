//! The interface of the EU Interoperability Test Bed.

use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const SERVICE: &str = "<http://a.example/s> a <http://purl.org/vocab/cpsv#PublicService> .";

/// A shape that asks for something else.
const OWN: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
    <http://a.example/Shape> a sh:NodeShape ; sh:targetClass <http://a.example/Class> ;
      sh:property [ sh:path <http://a.example/label> ; sh:minCount 1 ; sh:message \"No label.\" ] .";

async fn send(server: &TestServer, path: &str, accept: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, accept)
        .body(Body::from(body.to_string()))
        .unwrap();
    server.send(request).await
}

async fn validate(server: &TestServer, accept: &str, body: Value) -> Answer {
    send(server, "/cpsv-ap/api/validate", accept, &body).await
}

#[tokio::test]
async fn a_report_comes_as_rdf_xml_unless_another_syntax_is_named() {
    let server = TestServer::new();
    let input = json!({ "contentToValidate": SERVICE, "contentSyntax": "text/turtle", "unheardOf": 1 });
    let answer = validate(&server, "*/*", input.clone()).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/rdf+xml"));
    assert!(answer.body.contains("sh:ValidationReport"), "{}", answer.body);
    let answer = validate(&server, "text/turtle", input.clone()).await;
    assert_eq!(answer.header("content-type"), "text/turtle");
    let mut named = input;
    named["reportSyntax"] = "application/n-triples".into();
    let answer = validate(&server, "text/turtle", named).await;
    assert_eq!(answer.header("content-type"), "application/n-triples");
    assert!(answer.body.contains("#Violation"), "{}", answer.body);
}

#[tokio::test]
async fn a_report_of_the_test_bed_counts_and_tells_what_was_found() {
    let server = TestServer::new();
    let input = json!({
        "contentToValidate": STANDARD.encode(SERVICE), "embeddingMethod": "BASE64", "contentSyntax": "text/turtle",
        "validationType": "v3.2.0", "reportSyntax": "application/json", "locale": "nl", "addInputToReport": true,
    });
    let answer = validate(&server, "*/*", input.clone()).await;
    let report: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!((&report["result"], &report["overview"]["profileID"]), (&"FAILURE".into(), &"v3.2.0".into()));
    let errors = report["reports"]["error"].as_array().unwrap();
    assert_eq!(report["counters"]["nrOfErrors"], errors.len());
    assert!(errors[0]["description"].as_str().unwrap().contains("dienst"), "{report}");
    assert!(
        errors[0]["location"].as_str().unwrap().starts_with("[Focus node] - [http://a.example/s] - [Result path] - [")
    );
    assert!(
        errors[0]["test"].as_str().unwrap().starts_with("[Shape] - [https://w3id.org/eu-service-list/shapes/cpsv-ap#")
    );
    assert_eq!(report["context"]["items"][0]["value"], SERVICE);
    let mut xml = input;
    xml["reportSyntax"] = "application/xml".into();
    let answer = validate(&server, "*/*", xml).await;
    assert_eq!(answer.header("content-type"), "application/xml");
    let parts =
        ["xsi:type=\"TAR\"", "<result>FAILURE</result>", "<error xsi:type=\"BAR\">", "&lt;http://a.example/s&gt;"];
    for part in parts {
        assert!(answer.body.contains(part), "{part} is missing in {}", answer.body);
    }
    let counted = format!("<nrOfErrors>{}</nrOfErrors>", errors.len());
    assert!(answer.body.contains(&counted), "{}", answer.body);
}

#[tokio::test]
async fn data_without_findings_succeed() {
    let server = TestServer::new();
    let input = json!({ "contentToValidate": "", "embeddingMethod": "STRING", "contentSyntax": "text/turtle" });
    let answer = validate(&server, "application/json", input).await;
    let report: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&report["result"], &report["reports"]), (&"SUCCESS".into(), &json!({})), "{report}");
}

#[tokio::test]
async fn a_validation_type_chooses_the_shapes() {
    let server = TestServer::new();
    for (validation_type, finds) in [("v3.2.0", true), ("service-list", false)] {
        let input = json!({
            "contentToValidate": SERVICE, "validationType": validation_type, "reportSyntax": "application/n-triples",
        });
        let answer = validate(&server, "*/*", input).await;
        assert_eq!(answer.body.contains("shapes/cpsv-ap#"), finds, "{validation_type}: {}", answer.body);
    }
    let input = json!({ "contentToValidate": SERVICE, "validationType": "v2.2.1" });
    let answer = validate(&server, "*/*", input).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("v3.2.0, service-list"), "{}", answer.body);
}

#[tokio::test]
async fn shapes_that_are_sent_along_are_held_against_the_data_too() {
    let server = TestServer::new();
    let with = |rules: &str| {
        json!({
            "contentToValidate": "<http://a.example/s> a <http://a.example/Class> .",
            "reportSyntax": "application/n-triples",
            "externalRules": [{ "ruleSet": rules, "ruleSyntax": "text/turtle", "embeddingMethod": "STRING" }],
        })
    };
    let answer = validate(&server, "*/*", with(OWN)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.contains("No label."), "{}", answer.body);
    let answer = validate(&server, "*/*", with("<a> <b> .")).await;
    assert!(answer.body.contains("rdf-syntax") && answer.body.contains("number 1"), "{}", answer.body);
    let query =
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://a.example/A> sh:targetClass <http://a.example/Class> ;
        sh:sparql [ sh:select \"SELECT $this { ?a ?b ?c . ?d ?e ?f }\" ] .";
    let answer = validate(&server, "*/*", with(query)).await;
    assert!(answer.body.contains("shapes-refused") && answer.body.contains("SHACL Core"), "{}", answer.body);
    let recursive = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://a.example/A> a sh:NodeShape ;
        sh:targetClass <http://a.example/Class> ; sh:node <http://a.example/A> .";
    let answer = validate(&server, "*/*", with(recursive)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("shapes-refused") && answer.body.contains("recursive"), "{}", answer.body);
}

#[tokio::test]
async fn nothing_is_fetched_and_that_is_said() {
    let server = TestServer::new();
    for input in [
        json!({ "contentToValidate": "http://127.0.0.1:9/a.ttl", "embeddingMethod": "URL" }),
        json!({ "contentToValidate": "http://127.0.0.1:9/a.ttl" }),
        json!({ "contentToValidate": "", "externalRules": [{ "ruleSet": "http://127.0.0.1:9/a.ttl", "embeddingMethod": "URL" }] }),
    ] {
        let answer = validate(&server, "*/*", input).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("nothing is fetched"), "{}", answer.body);
    }
}

#[tokio::test]
async fn several_validations_give_a_report_each() {
    let server = TestServer::new();
    let inputs = json!([
        { "contentToValidate": SERVICE, "reportSyntax": "text/turtle" },
        { "contentToValidate": SERVICE, "reportSyntax": "application/json" },
    ]);
    let answer = send(&server, "/cpsv-ap/api/validateMultiple", "application/json", &inputs).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let reports: Value = serde_json::from_str(&answer.body).unwrap();
    let report = |number: usize| {
        let decoded = STANDARD.decode(reports[number]["report"].as_str().unwrap()).unwrap();
        (reports[number]["reportSyntax"].clone(), String::from_utf8(decoded).unwrap())
    };
    let (syntax, turtle) = report(0);
    assert!(syntax == "text/turtle" && turtle.contains("sh:ValidationReport"), "{turtle}");
    let (syntax, xml) = report(1);
    assert!(syntax == "application/xml" && xml.contains("<result>FAILURE</result>"), "{xml}");
    let inputs =
        json!([{ "contentToValidate": SERVICE }, { "contentToValidate": "<a:s> a", "contentSyntax": "text/turtle" }]);
    let bad = send(&server, "/cpsv-ap/api/validateMultiple", "application/json", &inputs).await;
    assert!(bad.status == StatusCode::BAD_REQUEST && bad.body.contains("[1]: contentToValidate"), "{}", bad.body);
}

#[tokio::test]
async fn what_there_is_is_told() {
    let server = TestServer::new();
    let all: Value = serde_json::from_str(&server.get("/api/info", "*/*").await.body).unwrap();
    let own: Value = serde_json::from_str(&server.get("/cpsv-ap/api/info", "*/*").await.body).unwrap();
    assert_eq!(all, json!([own]));
    assert_eq!((&own["domain"], &own["validationTypes"][0]["type"]), (&"cpsv-ap".into(), &"v3.2.0".into()));
    let request = Request::post("/cpsv-ap/api/validate").body(Body::from("{}")).unwrap();
    assert_eq!(server.send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(server.get("/cpsv-ap/api/validate", "*/*").await.status, StatusCode::METHOD_NOT_ALLOWED);
    let bad = send(&server, "/cpsv-ap/api/validate", "*/*", &json!([])).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST, "{}", bad.body);
}
