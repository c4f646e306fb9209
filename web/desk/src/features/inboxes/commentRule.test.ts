import { expect, it } from "vitest";
import { caseFields, caseOf } from "./commentRule";

it("takes keywords out of one line, and leaves out what is empty", () => {
  const fields = { keywords: " harga, berapa ya ;, ", public: [" Halo ", " "], private: " " };
  const made = caseOf(fields);
  expect(made).toEqual({ keywords: ["harga", "berapa ya"], public: ["Halo"], private: null });
  expect(caseOf(caseFields(made))).toEqual(made);
  expect(caseOf(caseFields())).toEqual({ keywords: [], public: [], private: null });
});
