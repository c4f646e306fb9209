//! Words that a provider has agreed to beforehand, with gaps that people fill in.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    pub language: String,
    pub category: String,
    /// Whether the provider lets it out now.
    pub approved: bool,
    /// As the provider spells it.
    pub status: String,
    /// A line above the text, the text, and a line below it. Gaps stand in them as `{{name}}`.
    pub header: Option<String>,
    pub body: String,
    pub footer: Option<String>,
    /// What stands on its buttons.
    pub buttons: Vec<String>,
    /// What people fill in, in order: `header:1`, `body:name`, `button:0`.
    pub gaps: Vec<String>,
    /// What of it we cannot fill in, such as a picture above it.
    pub unsupported: Option<String>,
}

/// A template with its gaps filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub name: String,
    pub language: String,
    /// Each gap and what stands there.
    pub values: Vec<(String, String)>,
}

impl Template {
    /// With these values, and what the customer reads. `Err`: a gap that is left.
    pub fn fill(&self, values: &BTreeMap<String, String>) -> Result<(Filled, String), String> {
        let mut said = [self.header.clone(), Some(self.body.clone()), self.footer.clone()];
        let mut filled = Vec::new();
        for gap in &self.gaps {
            let value = values.get(gap).map(|value| value.trim()).filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| gap.clone())?;
            let (place, name) = gap.split_once(':').unwrap_or(("body", gap));
            let place = usize::from(place == "body");
            if let Some(text) = said[place].as_mut().filter(|_| !gap.starts_with("button:")) {
                *text = text.replace(&format!("{{{{{name}}}}}"), value);
            }
            filled.push((gap.clone(), value.to_owned()));
        }
        let said = said.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        Ok((Filled { name: self.name.clone(), language: self.language.clone(), values: filled }, said))
    }
}

/// The names of the gaps in a text, each once.
pub(crate) fn gaps(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_wholly_or_not_at_all() {
        assert_eq!(gaps("Halo {{1}}, {{2}} {{1}} {{ }} {{"), ["1", "2"]);
        let template = Template {
            name: "pesanan".into(),
            header: Some("Kopi {{1}}".into()),
            body: "Halo {{nama}}, siap. {{nama}}!".into(),
            footer: Some("Kopi Senja".into()),
            gaps: vec!["header:1".into(), "body:nama".into(), "button:0".into()],
            ..Template::default()
        };
        let values = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>()
        };
        let all = values(&[("header:1", "Gayo"), ("body:nama", " Budi "), ("button:0", "x"), ("other", "y")]);
        let (filled, said) = template.fill(&all).expect("filled");
        assert_eq!(said, "Kopi Gayo\n\nHalo Budi, siap. Budi!\n\nKopi Senja");
        assert_eq!((filled.values.len(), filled.values[1].1.as_str()), (3, "Budi"));
        assert_eq!(template.fill(&values(&[("header:1", "Gayo"), ("body:nama", " ")])), Err("body:nama".into()));
    }
}
