import type { Body, Elif, Expression, Parameter, Statement, Target } from './ast.ts';
import { withCheckedDepth } from './checked-depth.ts';
import { tokenize } from './lexer.ts';
import { createExpressionParser } from './parse-expression.ts';
import { createTargetParser } from './parse-target.ts';
import { TemplateError } from './template-error.ts';
import { createTokenStream } from './token-stream.ts';

/** Parses a template; throws TemplateError with the offset of what is wrong. */
export function parseTemplate(text: string): Body {
  return withCheckedDepth(text, () => parse(text));
}

function parse(text: string): Body {
  const stream = createTokenStream(tokenize(text));
  const expressions = createExpressionParser(stream);
  const { target, nameTarget } = createTargetParser(stream, expressions);
  /** The statements that are open, the innermost last. */
  const open: { readonly name: string; readonly offset: number }[] = [];
  const blockNames = new Set<string>();

  function body(ends: readonly string[]): Body {
    const out: Statement[] = [];
    for (;;) {
      const token = stream.current();
      if (token.type === 'eof') {
        const innermost = open.at(-1);
        if (innermost !== undefined) {
          throw new TemplateError(
            `Unexpected end of template. '${ends.join("' or '")}' is missing for '${innermost.name}'.`,
            innermost.offset,
          );
        }
        return out;
      }
      stream.next();
      if (token.type === 'data') {
        out.push({ type: 'data', offset: token.offset, text: token.value });
      } else if (token.type === 'variable_begin') {
        out.push({ type: 'output', offset: token.offset, value: expressions.tuple() });
        stream.expect('variable_end');
      } else {
        const tag = stream.current();
        if (tag.type === 'name' && ends.includes(tag.value)) return out;
        out.push(...statement());
        stream.expect('block_end');
      }
    }
  }

  /** The body of a block whose opening tag was just read. The stream is left at the name of the closing tag. */
  function inner(...ends: readonly string[]): Body {
    stream.skip('operator', ':');
    stream.expect('block_end');
    return body(ends);
  }

  function statement(): readonly Statement[] {
    const tag = stream.current();
    if (tag.type !== 'name') throw new TemplateError('tag name expected', tag.offset);
    const parse = Object.hasOwn(statements, tag.value) ? statements[tag.value] : undefined;
    if (parse === undefined) {
      const innermost = open.at(-1);
      const hint =
        innermost === undefined ? '' : ` The innermost block that needs to be closed is '${innermost.name}'.`;
      throw new TemplateError(`Encountered unknown tag '${tag.value}'.${hint}`, tag.offset);
    }
    stream.next();
    open.push({ name: tag.value, offset: tag.offset });
    const made = parse(tag.offset);
    open.pop();
    return made;
  }

  function ifStatement(offset: number): readonly Statement[] {
    const test = expressions.tuple({ withCondition: false });
    const then = inner('elif', 'else', 'endif');
    const elifs: Elif[] = [];
    let otherwise: Body = [];
    for (;;) {
      const end = stream.next();
      if (end.value === 'elif') {
        const next = expressions.tuple({ withCondition: false });
        elifs.push({ offset: end.offset, test: next, body: inner('elif', 'else', 'endif') });
        continue;
      }
      if (end.value === 'else') {
        otherwise = inner('endif');
        stream.next();
      }
      return [{ type: 'if', offset, test, body: then, elifs, otherwise }];
    }
  }

  function forStatement(offset: number): readonly Statement[] {
    const to = target();
    stream.expect('name', 'in');
    const iterable = expressions.tuple({ withCondition: false });
    const test = stream.skip('name', 'if') ? expressions.expression() : undefined;
    const recursive = stream.skip('name', 'recursive');
    const each = inner('endfor', 'else');
    const otherwise = stream.next().value === 'else' ? inner('endfor') : undefined;
    if (otherwise !== undefined) stream.next();
    return [
      { type: 'for', offset, target: to, iterable, test, recursive, body: each, otherwise: otherwise ?? [] },
    ];
  }

  function setStatement(offset: number): readonly Statement[] {
    const to = target({ withNamespace: true });
    if (stream.skip('operator', '='))
      return [{ type: 'set', offset, target: to, value: expressions.tuple() }];
    const filter = expressions.filters(undefined, false);
    const content = inner('endset');
    stream.next();
    return [{ type: 'set_block', offset, target: to, filter, body: content }];
  }

  function withStatement(offset: number): readonly Statement[] {
    const bindings: [Target, Expression][] = [];
    while (!stream.is('block_end')) {
      if (bindings.length > 0) stream.expect('operator', ',');
      const to = target();
      stream.expect('operator', '=');
      bindings.push([to, expressions.expression()]);
    }
    const content = inner('endwith');
    stream.next();
    return [{ type: 'with', offset, bindings, body: content }];
  }

  function parameters(): Parameter[] {
    const out: Parameter[] = [];
    stream.expect('operator', '(');
    while (!stream.is('operator', ')')) {
      if (out.length > 0) stream.expect('operator', ',');
      const { name, offset } = nameTarget();
      if (out.some((parameter) => parameter.name === name))
        throw new TemplateError(`duplicate argument '${name}' in function definition`, offset, 'SyntaxError');
      const fallback = stream.skip('operator', '=') ? expressions.expression() : undefined;
      if (fallback === undefined && out.at(-1)?.fallback !== undefined) {
        throw new TemplateError('non-default argument follows default argument', offset);
      }
      out.push({ name, offset, fallback });
    }
    stream.expect('operator', ')');
    return out;
  }

  /** `isInclude`: `ignore missing` may follow there. */
  function loaded(offset: number, isInclude = false): readonly Statement[] {
    const values = [expressions.expression()];
    const ignoresMissing = isInclude && stream.is('name', 'ignore') && stream.look().value === 'missing';
    if (ignoresMissing) {
      stream.next();
      stream.next();
    }
    if (isInclude) skipContext();
    return [{ type: 'load', offset, isInclude, ignoresMissing, values, names: [] }];
  }

  /** `a`, `a as b` */
  function importedName(): Target {
    const target = nameTarget();
    if (target.name.startsWith('_')) {
      throw new TemplateError(
        'names starting with an underline can not be imported',
        target.offset,
        'TemplateAssertionError',
      );
    }
    return stream.skip('name', 'as') ? nameTarget() : target;
  }

  /** `with context`, `without context` */
  function skipContext(): boolean {
    const isGiven =
      (stream.is('name', 'with') || stream.is('name', 'without')) && stream.look().value === 'context';
    if (isGiven) {
      stream.next();
      stream.next();
    }
    return isGiven;
  }

  const statements: Readonly<Record<string, (offset: number) => readonly Statement[]>> = {
    if: ifStatement,
    for: forStatement,
    set: setStatement,
    with: withStatement,
    macro(offset) {
      const { name } = nameTarget();
      const made = parameters();
      const content = inner('endmacro');
      stream.next();
      return [{ type: 'macro', offset, name, parameters: made, body: content }];
    },
    call(offset) {
      const made = stream.is('operator', '(') ? parameters() : [];
      const call = expressions.expression();
      if (call.type !== 'call') throw new TemplateError('expected call', offset);
      const content = inner('endcall');
      stream.next();
      return [{ type: 'call_block', offset, call, parameters: made, body: content }];
    },
    filter(offset) {
      const filter = expressions.filters(undefined, true);
      const content = inner('endfilter');
      stream.next();
      return filter === undefined ? [] : [{ type: 'filter_block', offset, filter, body: content }];
    },
    print(offset) {
      const out: Statement[] = [];
      while (!stream.is('block_end')) {
        if (out.length > 0) stream.expect('operator', ',');
        out.push({ type: 'output', offset, value: expressions.expression() });
      }
      return out;
    },
    block(offset) {
      const name = stream.expect('name').value;
      if (blockNames.has(name))
        throw new TemplateError(`block '${name}' defined twice`, offset, 'TemplateAssertionError');
      blockNames.add(name);
      stream.skip('name', 'scoped');
      const isRequired = stream.skip('name', 'required');
      const content = inner('endblock');
      stream.next();
      stream.skip('name', name);
      if (isRequired && !content.every(isSpace))
        throw new TemplateError('Required blocks can only contain comments or whitespace', offset);
      return [{ type: 'block', offset, name, isRequired, body: content }];
    },
    autoescape(offset) {
      const value = expressions.expression();
      // No template of a connector writes HTML; what is to be escaped says so with the filter.
      if (value.type !== 'constant' || value.value !== false)
        throw new TemplateError("autoescape is not supported: write the filter 'escape'", value.offset);
      const content = inner('endautoescape');
      stream.next();
      return [{ type: 'with', offset, bindings: [], body: content }];
    },
    extends: (offset) => loaded(offset),
    include: (offset) => loaded(offset, true),
    import(offset) {
      const value = expressions.expression();
      stream.expect('name', 'as');
      const names = [nameTarget()];
      skipContext();
      return [{ type: 'load', offset, isInclude: false, ignoresMissing: false, values: [value], names }];
    },
    from(offset) {
      const value = expressions.expression();
      stream.expect('name', 'import');
      const names: Target[] = [];
      do {
        if (!stream.is('name')) stream.expect('name');
        if (skipContext()) break;
        names.push(importedName());
      } while (!skipContext() && stream.skip('operator', ','));
      return [{ type: 'load', offset, isInclude: false, ignoresMissing: false, values: [value], names }];
    },
  };

  return body([]);
}

function isSpace(statement: Statement): boolean {
  return statement.type === 'data' && statement.text.trim() === '';
}
