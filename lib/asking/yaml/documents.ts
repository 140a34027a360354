import { Composer, type Document, LineCounter, parseDocument, Parser } from 'yaml';

/** A document of a text, and the same once more: nobody keeps all that a parser makes of a large file. */
export interface TextDocument {
  readonly document: Document.Parsed;
  /** For who looks at it later. */
  again(): PlacedDocument;
}

/** A document, parsed from a text that begins somewhere in another one. */
export interface PlacedDocument {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly start: number;
}

const OPTIONS = { merge: true, prettyErrors: false, logLevel: 'silent' } as const;

// What is said before a document holds for it, and is no part of it.
const DIRECTIVE = /^%/m;

/** The documents of a text, one after the other; its lines are counted as far as it is read. */
export function* documentsIn(text: string, lines: LineCounter): Generator<TextDocument> {
  const isKept = DIRECTIVE.test(text);
  const parser = new Parser(lines.addNewLine);
  for (const document of new Composer(OPTIONS).compose(parser.parse(text))) {
    const whole = { document, text, start: 0 };
    yield { document, again: isKept ? () => whole : readAgain(text, document.range) };
  }
}

function readAgain(text: string, [start, , end]: Document.Parsed['range']): () => PlacedDocument {
  let known: PlacedDocument | undefined;
  return () => (known ??= placedAt(text.slice(start, end), start));
}

function placedAt(text: string, start: number): PlacedDocument {
  return { document: parseDocument(text, OPTIONS), text, start };
}
