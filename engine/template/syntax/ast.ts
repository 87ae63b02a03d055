import type { BinaryOperator, Ordering } from '../values/python.ts';

/** Every node knows where it starts in the template text (UTF-16 offset). */
interface At {
  readonly offset: number;
}

export interface Keyword extends At {
  readonly name: string;
  readonly value: Expression;
}

/** The arguments of a call, filter or test. */
export interface Arguments {
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly dynamicArgs?: Expression | undefined;
  readonly dynamicKeywords?: Expression | undefined;
}

export type CompareOperator = '==' | '!=' | Ordering | 'in' | 'not in';

export type Expression = At &
  (
    | { readonly type: 'constant'; readonly value: unknown }
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'list' | 'tuple'; readonly items: readonly Expression[] }
    | { readonly type: 'dict'; readonly items: readonly (readonly [Expression, Expression])[] }
    | { readonly type: 'attribute'; readonly target: Expression; readonly name: string }
    | { readonly type: 'item'; readonly target: Expression; readonly index: Expression }
    | {
        readonly type: 'slice';
        readonly from: Expression | undefined;
        readonly to: Expression | undefined;
        readonly step: Expression | undefined;
      }
    | ({ readonly type: 'call'; readonly target: Expression } & Arguments)
    | ({
        readonly type: 'filter';
        readonly target: Expression | undefined;
        readonly name: string;
      } & Arguments)
    | ({ readonly type: 'test'; readonly target: Expression; readonly name: string } & Arguments)
    | { readonly type: 'not' | 'negative' | 'positive'; readonly operand: Expression }
    | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
    | {
        readonly type: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly type: 'concat'; readonly items: readonly Expression[] }
    | {
        readonly type: 'compare';
        readonly first: Expression;
        readonly rest: readonly { readonly operator: CompareOperator; readonly value: Expression }[];
      }
    | {
        readonly type: 'condition';
        readonly test: Expression;
        readonly value: Expression;
        readonly otherwise: Expression | undefined;
      }
  );

/** What `set` and `for` assign to. */
export type Target = At &
  (
    | { readonly type: 'name'; readonly name: string }
    | { readonly type: 'namespace'; readonly name: string; readonly attribute: string }
    | { readonly type: 'tuple'; readonly items: readonly Target[] }
  );

export interface Parameter extends At {
  readonly name: string;
  readonly fallback?: Expression | undefined;
}

export type Body = readonly Statement[];

export type Statement = At &
  (
    | { readonly type: 'data'; readonly text: string }
    | { readonly type: 'output'; readonly value: Expression }
    | {
        readonly type: 'if';
        readonly test: Expression;
        readonly body: Body;
        readonly elifs: readonly Elif[];
        readonly otherwise: Body;
      }
    | {
        readonly type: 'for';
        readonly target: Target;
        readonly iterable: Expression;
        readonly test: Expression | undefined;
        readonly recursive: boolean;
        readonly body: Body;
        readonly otherwise: Body;
      }
    | { readonly type: 'set'; readonly target: Target; readonly value: Expression }
    | {
        readonly type: 'set_block';
        readonly target: Target;
        readonly filter: Expression | undefined;
        readonly body: Body;
      }
    | {
        readonly type: 'with';
        readonly bindings: readonly (readonly [Target, Expression])[];
        readonly body: Body;
      }
    | {
        readonly type: 'macro';
        readonly name: string;
        readonly parameters: readonly Parameter[];
        readonly body: Body;
      }
    | {
        readonly type: 'call_block';
        readonly call: Expression;
        readonly parameters: readonly Parameter[];
        readonly body: Body;
      }
    | { readonly type: 'filter_block'; readonly filter: Expression; readonly body: Body }
    | { readonly type: 'block'; readonly name: string; readonly isRequired: boolean; readonly body: Body }
    /** extends, include and import: there is nowhere to load from. */
    | {
        readonly type: 'load';
        readonly isInclude: boolean;
        readonly ignoresMissing: boolean;
        readonly values: readonly Expression[];
        readonly names: readonly Target[];
      }
  );

export interface Elif extends At {
  readonly test: Expression;
  readonly body: Body;
}
