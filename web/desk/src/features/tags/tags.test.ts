import type { Tag } from "@sapa/protocol";
import { expect, it } from "vitest";
import { COLORS, freeColor } from "./colors";
import { named } from "./names";

const tag = (name: string, color: Tag["color"]): Tag => ({
  id: "tag_00000000000000000000000000000001",
  name,
  color,
  archived: false,
  pinned: false,
});

// C14
it("a new tag gets a color that the fewest have", () => {
  expect(freeColor([])).toBe("gray");
  expect(freeColor([tag("a", "gray"), tag("b", "red")])).toBe("orange");
  const one_each = COLORS.map(({ value }) => tag(value, value));
  expect(freeColor([...one_each, tag("more", "gray")])).toBe("red");
});

it("a name is the same whatever its case and the blanks around it", () => {
  const tags = [tag("Big order", "red")];
  expect(named(tags, " big ORDER ")).toBe(tags[0]);
  expect(named(tags, "big")).toBeUndefined();
});
