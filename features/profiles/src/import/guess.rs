//! What a column may be, by how its header calls it, in English and Indonesian and as our own tables do.

use super::plan::Target;
use crate::Attribute;
use contacts::ContactField;
use words::words;

/// Without case, accents and whatever stands between the words.
const CALLED: [(Target, &str); 13] = [
    (Target::Field(ContactField::FirstName), "firstname givenname forename namadepan namapertama"),
    (Target::Field(ContactField::LastName), "lastname surname familyname namabelakang namakeluarga"),
    (
        Target::Field(ContactField::DisplayName),
        "name displayname fullname contactname customername nama namalengkap namakontak namapelanggan contact customer \
         kontak pelanggan",
    ),
    (
        Target::Field(ContactField::Email),
        "email mail emailaddress mailaddress email1 email1value surel alamatemail alamatsurel",
    ),
    (
        Target::Field(ContactField::Phone),
        "phone phonenumber mobile mobilephone mobilenumber cell cellphone tel telephone phone1value telepon telpon telp \
         notelepon notelp nomortelepon hp nohp nomorhp handphone nohandphone ponsel noponsel nomorponsel whatsapp \
         whatsappnumber nowhatsapp nomorwhatsapp wa nowa nomorwa",
    ),
    (
        Target::Field(ContactField::Company),
        "company companyname organization organisation organizationname perusahaan namaperusahaan organisasi instansi",
    ),
    (Target::Field(ContactField::Country), "country countrycode negara kodenegara"),
    (Target::Field(ContactField::City), "city town kota kotakabupaten kabupatenkota"),
    (Target::Field(ContactField::Address), "address street streetaddress postaladdress alamat alamatlengkap jalan"),
    (Target::Field(ContactField::Language), "language lang locale preferredlanguage bahasa"),
    (Target::Tags, "tags tag labels label groups group tagar grup kelompok kategori"),
    (Target::Note, "note notes comment comments remark remarks memo catatan keterangan komentar"),
    (Target::ExternalId, "externalid extid customerid userid clientid ideksternal idpelanggan idpengguna idklien"),
];

fn folded(text: &str) -> String {
    words(text).into_iter().map(|word| word.text).collect()
}

/// For each column, each target once.
pub fn targets(headers: &[String], attributes: &[Attribute]) -> Vec<Option<Target>> {
    let mut taken = Vec::new();
    headers
        .iter()
        .map(|header| {
            let header = folded(header);
            let known = CALLED.iter().find(|(_, called)| called.split(' ').any(|one| one == header));
            let writable = attributes.iter().filter(|one| !one.archived && !one.read_only);
            // What the workspace itself calls so comes first.
            let target = writable
                .filter(|one| !header.is_empty() && folded(&one.name) == header)
                .map(|one| Target::Attribute(one.id))
                .next()
                .or(known.map(|(target, _)| *target))
                .filter(|target| !taken.contains(target))?;
            taken.push(target);
            Some(target)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AttributeKind;
    use ids::{AttributeId, Uuid};

    #[test]
    fn headers_of_both_languages_are_understood() {
        let level = Attribute {
            id: AttributeId(Uuid::nil()),
            name: "Tingkat".into(),
            kind: AttributeKind::Text,
            choices: Vec::new(),
            required: false,
            read_only: false,
            archived: false,
        };
        let targets = |headers: &[&str]| {
            let headers: Vec<_> = headers.iter().map(|header| (*header).to_owned()).collect();
            let targets = targets(&headers, std::slice::from_ref(&level));
            targets.iter().map(|one| one.map(|one| one.to_string()).unwrap_or_default()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            targets(&["First Name", "last_name", "E-mail", "Phone number", "Country", "Tags"]),
            "first_name last_name email phone country tags"
        );
        assert_eq!(
            targets(&["Nama Lengkap", "No. HP", "Alamat", "Kota", "Catatan", "TINGKAT", "Umur", ""]),
            format!("display_name phone address city note {}  ", level.id)
        );
        assert_eq!(targets(&["Email", "Mail", "Ext ID"]), "email  external_id", "each once");
    }
}
