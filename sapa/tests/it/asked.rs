//! Requests made from the description: the smallest that it allows, so that none fails for its form before it is decided
//! who may ask.

use serde_json::{Map, Value, json};
use testkit::{Answer, Client};

pub const UNKNOWN: &str = "019a0000000070008000000000000009";

pub async fn ask(mut client: Client, method: &str, address: &str, body: Option<Value>) -> Answer {
    let body = body.unwrap_or_else(|| json!({}));
    match method {
        "get" => client.get(address).await,
        "post" if address.ends_with("/import") => client.upload(address, "text/csv", "shortcut,title,text\n").await,
        "post" if address.ends_with("/files") => {
            client.upload(&format!("{address}?name=a.txt"), "application/octet-stream", "bytes").await
        }
        "post" => client.post(address, body).await,
        "put" => client.put(address, body).await,
        "patch" => client.patch(address, body).await,
        "delete" => client.delete(address).await,
        other => panic!("{other} is not asked yet"),
    }
}

/// The smallest body that the description allows.
pub fn example(document: &Value, body: &Value) -> Option<Value> {
    let schema = &body["content"]["application/json"]["schema"];
    schema.is_object().then(|| value(document, schema))
}

fn value(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return value(document, document.pointer(reference.trim_start_matches('#')).expect("a schema"));
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[choice].as_array().and_then(|choices| choices.iter().find(|c| c["type"] != "null"))
        {
            return value(document, first);
        }
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "string" => match schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^')?.split('_').next()) {
            Some(prefix) => json!(format!("{prefix}_{UNKNOWN}")),
            None => json!("text"),
        },
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "array" => json!([]),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let names = required.iter().filter_map(Value::as_str);
            Value::Object(
                names
                    .map(|name| (name.to_owned(), value(document, &schema["properties"][name])))
                    .collect::<Map<_, _>>(),
            )
        }
    }
}
