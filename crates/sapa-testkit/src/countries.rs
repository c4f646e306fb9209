//! A small file of countries, in MaxMind's format: an IPv4 network for each.

use base::Countries;

/// Networks for documentation, each of 256 addresses (RFC 5737).
const NETWORKS: [([u8; 3], &str); 2] = [([203, 0, 113], "ID"), ([198, 51, 100], "FR")];

/// 203.0.113.0/24 is in Indonesia, 198.51.100.0/24 in France, and everybody else nowhere.
pub fn countries() -> Countries {
    Countries::read(countries_file()).expect("a good file")
}

pub fn countries_file() -> Vec<u8> {
    let mut nodes: Vec<[Option<Record>; 2]> = vec![[None, None]];
    let mut data = Vec::new();
    for (network, code) in NETWORKS {
        let offset = data.len();
        data.extend([0xe1]); // a map of one
        data.extend(text("country"));
        data.extend([0xe1]);
        data.extend(text("iso_code"));
        data.extend(text(code));
        let bits: Vec<_> =
            network.iter().flat_map(|byte| (0..8).rev().map(move |bit| usize::from(byte >> bit & 1))).collect();
        let mut at = 0;
        for (depth, bit) in bits.iter().enumerate() {
            if depth + 1 == bits.len() {
                nodes[at][*bit] = Some(Record::Data(offset));
            } else if let Some(Record::Node(next)) = nodes[at][*bit] {
                at = next;
            } else {
                nodes.push([None, None]);
                let next = nodes.len() - 1;
                nodes[at][*bit] = Some(Record::Node(next));
                at = next;
            }
        }
    }
    let count = nodes.len();
    let number = |record: &Option<Record>| match record {
        None => count,
        Some(Record::Node(node)) => *node,
        Some(Record::Data(offset)) => count + 16 + offset,
    };
    let mut file: Vec<u8> =
        nodes.iter().flatten().flat_map(|record| (number(record) as u32).to_be_bytes()[1..].to_vec()).collect();
    file.extend([0; 16]);
    file.extend(data);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    file.extend([0xe9]); // a map of nine
    for (name, value) in [
        ("node_count", [&[0xc4][..], &(count as u32).to_be_bytes()].concat()),
        ("record_size", vec![0xa1, 24]),
        ("ip_version", vec![0xa1, 4]),
        ("database_type", text("Test-Country")),
        ("languages", vec![0x00, 4]),
        ("binary_format_major_version", vec![0xa1, 2]),
        ("binary_format_minor_version", vec![0xa0]),
        ("build_epoch", vec![0x01, 2, 1]),
        ("description", vec![0xe0]),
    ] {
        file.extend(text(name));
        file.extend(value);
    }
    file
}

#[derive(Clone, Copy)]
enum Record {
    Node(usize),
    Data(usize),
}

fn text(text: &str) -> Vec<u8> {
    [&[0x40 | text.len() as u8], text.as_bytes()].concat()
}
