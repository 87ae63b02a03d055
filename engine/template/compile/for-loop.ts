import { checkItems, costs, limits, tooDeep } from '../values/budget.ts';
import type { Evaluate } from './compile-expression.ts';
import { type Frame, innerFrame, type Render } from './frame.ts';
import { loopObject } from './loop.ts';

interface ForLoop {
  readonly iterable: Evaluate;
  /** Which items to loop over; all of them when undefined. */
  readonly test: Evaluate | undefined;
  readonly assign: (frame: Frame, item: unknown) => void;
  readonly body: Render;
  /** Rendered when there are no items. */
  readonly otherwise: Render;
  /** The body may call `loop(items)`. */
  readonly isRecursive: boolean;
}

/** A `for` statement, made of its compiled parts. */
export function forLoop({ iterable, test, assign, body, otherwise, isRecursive }: ForLoop): Render {
  return (frame, out) => render(frame, out, iterable(frame), 0);

  function render(frame: Frame, out: string[], items: unknown, depth: number): void {
    const kept = itemsOf(items, frame);
    if (kept.length === 0) {
      otherwise(innerFrame(frame), out);
      return;
    }
    const { loop, move } = loopObject(kept, depth, isRecursive ? recurse : undefined);
    // A list that grows while the loop runs is read to its new end, within the budget.
    const live = Array.isArray(items) && test === undefined ? items : kept;
    for (let index = 0; index < live.length; index++) {
      if (index >= kept.length) {
        frame.run.py.spend(costs.round);
        kept.push(live[index]);
      }
      move(index);
      const inner = innerFrame(frame);
      inner.variables.set('loop', loop);
      assign(inner, live[index]);
      body(inner, out);
    }

    function recurse(below: unknown): string {
      if (depth > limits.depth) tooDeep();
      const inner: string[] = [];
      render(frame, inner, below, depth + 1);
      return inner.join('');
    }
  }

  function itemsOf(items: unknown, frame: Frame): unknown[] {
    const kept: unknown[] = [];
    for (const item of frame.run.py.iterate(items)) {
      frame.run.py.spend(costs.round);
      if (test === undefined || holds(test, item, frame)) kept.push(item);
      checkItems(kept.length);
    }
    return kept;
  }

  function holds(condition: Evaluate, item: unknown, frame: Frame): boolean {
    const inner = innerFrame(frame);
    assign(inner, item);
    return frame.run.py.truth(condition(inner));
  }
}
