// Frames as C# writes them.
import { NodeKind, Op } from "../src/ops";

type Member = unknown;

export const text = (value: string): Member[] => [NodeKind.Text, value];
export const markup = (value: string): Member[] => [NodeKind.Markup, value];
export const child = (id: number): Member[] => [NodeKind.Component, id];

/** An element; attributes are what does not begin with "on". */
export function element(name: string, attributes: Record<string, string | true | number | null> = {}, ...children: Member[][]): Member[] {
  const { ref, ...all } = attributes;
  const plain = Object.entries(all).filter(([key]) => !key.startsWith("on:"));
  const handlers = Object.entries(all).filter(([key]) => key.startsWith("on:"));
  return [
    NodeKind.Element,
    name,
    plain.length,
    ...plain.flat(),
    handlers.length,
    ...handlers.flatMap(([key, id]) => [key.slice(3), id]),
    ref === undefined ? 0 : ref,
    children.length,
    ...children.flat(),
  ];
}

export const component = (id: number): Member[] => [Op.Component, id];
export const insert = (index: number, node: Member[]): Member[] => [Op.Insert, index, ...node];
export const remove = (index: number): Member[] => [Op.Remove, index];
export const attribute = (index: number, name: string, value: Member): Member[] => [Op.Attribute, index, name, value];
export const noAttribute = (index: number, name: string): Member[] => [Op.NoAttribute, index, name];
export const setText = (index: number, value: Member): Member[] => [Op.Text, index, value];
export const into = (index: number): Member[] => [Op.In, index];
export const out = (): Member[] => [Op.Out];
export const setMarkup = (index: number, value: string): Member[] => [Op.Markup, index, value];
export const move = (...runs: [from: number, to: number, length: number, step: number][]): Member[] => [Op.Move, runs.length, ...runs.flat()];
export const handler = (index: number, name: string, id: number): Member[] => [Op.Handler, index, name, id];
export const gone = (...ids: number[]): Member[] => [Op.Gone, ids.length, ...ids];
export const unhandled = (...ids: number[]): Member[] => [Op.Unhandled, ids.length, ...ids];
export const define = (value: string): Member[] => [Op.Define, value];
export const template = (node: Member[]): Member[] => [Op.Template, ...node];
export const use = (index: number, ...slots: Member[]): Member[] => [NodeKind.Use, index, ...slots];
