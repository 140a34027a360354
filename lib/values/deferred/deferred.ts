import { isDeferred, listId, listMark, MOST_IDS, numberId, numberMark, partsOf, textId, textMark } from '../../support/deferred';
import { requireCount } from '../../support/numbers';
import { NUMBER } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';

/** A part of a text: either words as they stand, or a value that is known only later. */
export interface DeferredPart {
  /**
   * Words as they stand.
   * @default - the part is a value that is known only later
   */
  readonly literal?: string;

  /**
   * Id of the value that belongs here.
   * @default - the part is words
   */
  readonly id?: number;
}

/**
 * Stands for a value that is known only when the program's objects are written, such as an Output of Pulumi.
 *
 * For authors of back ends. A mark goes through the program in the place of the value, into the manifests and into longer texts; the back end
 * keeps the values by their ids and puts them where it finds the marks again. What decides which objects there are refuses a mark (MESH037);
 * docs/deferred-values.md says which options take one.
 *
 * @example
 * import { Deferred, ExternalPort, ExternalService } from 'istio-constructs';
 *
 * // The program passes the mark on, here as a part of a longer text.
 * const database = new ExternalService(shop, 'database', {
 *   host: `db.${Deferred.text(0)}.example.com`,
 *   port: ExternalPort.https(),
 * });
 *
 * // The back end finds it again: db. and .example.com are words, between them belongs the value with the id 0.
 * const parts = Deferred.parts(database.host);
 */
export class Deferred {
  /**
   * A mark for a text. For true or false, too, in a field that takes anything: what is nothing but this mark becomes the value itself.
   * @param id Id of the value: a whole number, 0 or larger
   */
  public static text(id: number): string {
    return textMark(requireId(id));
  }

  /**
   * A mark for a number. It may be put into a text; calculating with it makes it no mark any more.
   * @param id Id of the value: a whole number, 0 or larger
   */
  public static number(id: number): number {
    return numberMark(requireId(id));
  }

  /**
   * A mark for a list: one with a single text, which may also stand among others.
   * @param id Id of the value: a whole number, 0 or larger
   */
  public static list(id: number): string[] {
    return listMark(requireId(id));
  }

  /**
   * Whether a value is a text with a mark in it, a marked number or a marked list. Objects and other lists are not looked into.
   * @param value Any value of a manifest
   */
  public static isDeferred(value: unknown): boolean {
    return isDeferred(value);
  }

  /**
   * Id of a text that is one mark and nothing else; the value that belongs there keeps its type.
   * @param value Any value of a manifest
   */
  public static textId(value: unknown): number | undefined {
    return textId(value);
  }

  /**
   * Id of a marked number.
   * @param value Any value of a manifest
   */
  public static numberId(value: unknown): number | undefined {
    return numberId(value);
  }

  /**
   * Id of a marked list.
   * @param value Any value of a manifest
   */
  public static listId(value: unknown): number | undefined {
    return listId(value);
  }

  /**
   * The parts of a text in order, cut at its marks. Marked numbers and lists that were put into it are found as well.
   * @param text A text of a manifest
   */
  public static parts(text: string): DeferredPart[] {
    return partsOf(text);
  }

  private constructor() {}
}

function requireId(id: number): number {
  requireArguments('Deferred', { id }, { id: NUMBER });
  return requireCount('Deferred', 'the id of a value that is known only later', id, 0, MOST_IDS - 1);
}
