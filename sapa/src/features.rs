//! The product, one line for each feature.

use base::Feature;

pub fn all() -> Vec<Feature> {
    vec![]
}
