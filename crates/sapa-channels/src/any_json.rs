//! JSON that looks like a provider's, for the tests that nothing makes an adapter panic.

use proptest::prelude::*;
use serde_json::Value;

/// Of these keys, and of these words among whatever else a value may be.
pub(crate) fn any_json(keys: Vec<&'static str>, words: Vec<&'static str>) -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(keys);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(words).prop_map(Value::from),
        "[a-z*_~`:/ \\n🙏é]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..8)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}
