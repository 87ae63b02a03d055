import type { Clock } from '../time/clock.ts';

/** The types a template's result may be held to: AddFields' `value_type`, or what request parameters accept. */
export type ValueType = 'string' | 'number' | 'integer' | 'boolean';

/** Said once per distinct text: e.g. a TypeError made the raw template the result. */
export interface TemplateWarning {
  readonly text: string;
  readonly message: string;
  readonly offset?: number;
}

/** config, parameters, record, stream_slice, next_page_token, response, headers, last_record, … by name. */
export type TemplateContext = Record<string, unknown>;

export interface TemplateOptions {
  readonly clock: Clock;
  readonly onWarning?: (warning: TemplateWarning) => void;
}

export interface StringOptions {
  readonly default?: string;
  readonly valueType?: ValueType | 'request_params';
}

export interface Templates {
  string(text: string, options?: StringOptions): (context: TemplateContext) => unknown;
  boolean(text: string): (context: TemplateContext) => boolean;
  value(
    text: string,
    options?: { readonly valueType?: ValueType | 'request_params' },
  ): (context: TemplateContext) => unknown;
  mapping(
    object: Record<string, unknown>,
    options?: { readonly valueType?: 'request_params' },
  ): (context: TemplateContext) => Record<string, unknown>;
  nestedMapping(object: unknown): (context: TemplateContext) => unknown;
}

export interface TemplateInspection {
  readonly isPlain: boolean;
  readonly error?: { readonly message: string; readonly offset: number };
  readonly names: readonly { readonly name: string; readonly offset: number }[];
}

export function createTemplates(_options: TemplateOptions): Templates {
  throw new Error('templates are being built');
}

export function inspectTemplate(_text: string): TemplateInspection {
  throw new Error('templates are being built');
}
