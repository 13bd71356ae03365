/** What a frame consists of: the numbers of src/Oriel.Components/Wire/Op.cs. */
export const enum Op {
  Component = 0,
  Insert = 1,
  Remove = 2,
  Attribute = 3,
  NoAttribute = 4,
  Text = 5,
  In = 6,
  Out = 7,
  Markup = 8,
  Move = 9,
  Handler = 10,
  Gone = 11,
  Unhandled = 12,
  Define = 13,
  Template = 14,
}

/** What an inserted node is. */
export const enum NodeKind {
  Element = 1,
  Text = 2,
  Markup = 3,
  Component = 4,
  Use = 5,
}
