import { element, setText } from "../dom";
import { failureOf } from "../errors";
import { formatCount, formatMilliseconds } from "../format";
import { icon } from "../icons";
import { add, tour, type Tone } from "../oriel";
import { tourCard, tourFacts, tourFigure, tourRow } from "./tour-card";

const tones: readonly Tone[] = ["warm", "formal", "loud"];
const measuredCalls = 1000;

/** A call with types: what is typed is greeted at once. */
export function createCallCard(): HTMLElement {
  const name = element("input", { type: "text", value: "Ada", "aria-label": "Name", maxlength: 60 });
  const tone = element("select", { "aria-label": "Tone" }, ...tones.map(value => new Option(value, value)));
  const measure = element("button", { class: "button", type: "button" }, icon("bolt"), `${formatCount(measuredCalls)} calls`);
  const answer = element("output", { class: "tour-answer" });
  const { row, showFigure } = tourFigure("calls a second");
  const facts = tourFacts("One after the other: each waits for the answer before.");

  const greet = async (): Promise<void> => {
    try {
      const greeting = await tour.greet({ name: name.value, tone: tone.value as Tone });
      setText(answer, greeting.text);
    } catch (error) {
      setText(answer, failureOf(error).message);
    }
  };
  const run = async (): Promise<void> => {
    measure.disabled = true;
    try {
      const started = performance.now();
      for (let i = 0; i < measuredCalls; i++) {
        await add({ a: i, b: 1 });
      }

      const elapsed = performance.now() - started;
      showFigure(formatCount(measuredCalls / (elapsed / 1000)));
      setText(facts, `${formatMilliseconds(elapsed / measuredCalls)} from the page to C# and back.`);
    } catch (error) {
      setText(facts, failureOf(error).message);
    } finally {
      measure.disabled = false;
    }
  };

  name.addEventListener("input", () => void greet());
  tone.addEventListener("change", () => void greet());
  measure.addEventListener("click", () => void run());
  void greet();
  return tourCard(
    "call",
    "A typed call",
    "Arguments and answer have the types of the C# method.",
    "await tour.greet({ name, tone })",
    tourRow(name, tone),
    answer,
    tourRow(measure, row),
    facts,
  );
}
