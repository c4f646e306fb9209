//! Chance that is the same in every run.

/// With the number that it begins with.
pub struct Dice(pub u64);

impl Dice {
    /// 0 or more, below `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}
