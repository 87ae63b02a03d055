import { Composer, type Document, Lexer, Parser, YAMLParseError } from 'yaml';
import { depthLimit, tooDeep } from './expansion.ts';

const options = {
  // Scalars stay text here: what they mean is decided later, by YAML 1.1.
  schema: 'failsafe',
  strict: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** Reads the YAML of a text. Where there are errors, the tree is what could be made of the rest. */
export type ReadDocument = (text: string) => Pick<Document, 'contents' | 'errors'>;

/** The syntax tree of a text. Whatever PyYAML reads is read, and there are errors only where PyYAML has them too. */
export function readDocument(text: string): Document {
  const document = compose(text, new Lexer());
  if (document.errors.length === 0) return document;
  const lenient = compose(text, ignoringIndent(new Lexer()));
  return lenient.errors.length === 0 ? lenient : document;
}

function compose(text: string, lexer: Lexer): Document {
  const composer = new Composer(options);
  let document: Document | undefined;
  for (const next of composer.compose(tokensOf(text, lexer), true, text.length)) {
    if (document === undefined) {
      document = next;
      continue;
    }
    const [start, end] = next.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'There is a second document.'));
    break;
  }
  if (document === undefined) throw new TypeError('The composer makes a document of any text.');
  return document;
}

/** The composer recurses, so it is not shown what would be too much for the stack. */
function* tokensOf(text: string, lexer: Lexer) {
  const parser = new Parser();
  for (const lexeme of lexer.lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > depthLimit) {
      yield { type: 'error', offset: parser.offset, source: '', message: tooDeep } as const;
      return;
    }
  }
  yield* parser.end();
}

/** PyYAML does not care how lines inside of brackets and quotes are indented, so JSON can be pasted anywhere; `yaml` does. */
function ignoringIndent(lexer: Lexer): Lexer {
  let indentNext: unknown = Reflect.get(lexer, 'indentNext');
  let isQuoted = false;
  const parseQuotedScalar: (this: Lexer) => Iterable<string> = Reflect.get(lexer, 'parseQuotedScalar');
  return Object.defineProperties(lexer, {
    indentNext: {
      get: () => (isQuoted || Reflect.get(lexer, 'flowLevel') > 0 ? -1 : indentNext),
      set: (value: unknown) => {
        indentNext = value;
      },
    },
    parseQuotedScalar: {
      *value() {
        isQuoted = true;
        const next: unknown = yield* parseQuotedScalar.call(lexer);
        isQuoted = false;
        return next;
      },
    },
  });
}
