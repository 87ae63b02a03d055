import { Composer, type Document, Lexer, Parser, parseDocument } from 'yaml';

const options = {
  // Scalars stay text here: what they mean is decided later, by YAML 1.1.
  schema: 'failsafe',
  strict: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** The syntax tree of a text. Whatever PyYAML reads is read, and there are errors only where PyYAML has them too. */
export function readDocument(text: string): Document {
  const document = parseDocument(text, options);
  if (document.errors.length === 0) return document;
  const lenient = readIgnoringFlowIndent(text);
  return lenient?.errors.length === 0 ? lenient : document;
}

/** PyYAML does not care how lines inside brackets are indented, so JSON can be pasted anywhere; `yaml` does. */
function readIgnoringFlowIndent(text: string): Document | undefined {
  const lexer = new Lexer();
  let indentNext: unknown = Reflect.get(lexer, 'indentNext');
  Object.defineProperty(lexer, 'indentNext', {
    get: () => (Reflect.get(lexer, 'flowLevel') > 0 ? -1 : indentNext),
    set: (value: unknown) => {
      indentNext = value;
    },
  });
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of lexer.lex(text)) yield* parser.next(lexeme);
    yield* parser.end();
  }
  const documents = [...new Composer(options).compose(tokens(), true, text.length)];
  return documents.length === 1 ? documents[0] : undefined;
}
