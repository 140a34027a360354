import type { Verdict, VerdictStep } from 'istio-constructs';
import { element, found } from '../dom';
import type { Answer, Engine } from '../engine';
import { nameOf } from '../filter';
import { factsOf, openingText } from '../../formats/verdict-facts';
import type { MeshGraph } from '../mesh-graph';
import { code, facts } from './manifests';
import { questionIn, type Written } from './question';

const FIELDS = ['from', 'to', 'method', 'path', 'headers', 'claims', 'issuer', 'audience'] as const;

/** The form that asks the engine. */
export class AskForm {
  private readonly form = found<HTMLFormElement>('ask');
  private readonly answer = found('answer');

  constructor(graph: MeshGraph, engine: Engine) {
    offer('callers', callersIn(graph));
    offer('callees', calleesIn(graph));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.answer.replaceChildren(...this.answerBy(engine));
    });
  }

  fill(from: string, to: string): void {
    this.field('from').value = from;
    this.field('to').value = to;
    this.answer.replaceChildren();
    this.field('method').focus();
  }

  private answerBy(engine: Engine): readonly HTMLElement[] {
    const written = Object.fromEntries(FIELDS.map((name) => [name, this.field(name).value.trim()])) as Written;
    const question = questionIn(written);
    if (typeof question === 'string') return [complaint(question)];
    try {
      return answered(engine.ask(question));
    } catch (error) {
      return [complaint(error instanceof Error ? error.message : String(error))];
    }
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }
}

function offer(id: string, names: readonly string[]): void {
  found(id).replaceChildren(...names.map((value) => element('option', { value })));
}

function callersIn({ nodes, namespaces }: MeshGraph): string[] {
  const own = nodes.filter(({ kind }) => ['service', 'workload', 'gateway'].includes(kind)).map(nameOf);
  return [...own.sort(), ...namespaces.map(({ name }) => `pod:${name}`)];
}

function calleesIn({ nodes, edges }: MeshGraph): string[] {
  const names = nodes
    .filter(({ kind }) => kind === 'service' || kind === 'external')
    .flatMap((node) => {
      const ports = [...new Set(edges.filter(({ callee }) => callee === node.id).map(({ port }) => port))];
      return ports.length === 0 ? [nameOf(node)] : ports.map((port) => `${nameOf(node)}:${port}`);
    });
  return names.sort();
}

function complaint(text: string): HTMLElement {
  return element('p', { class: 'verdict verdict-unclear' }, text);
}

function answered({ verdict, grant, assumptions }: Answer): HTMLElement[] {
  const opening = openingText(verdict);
  return [
    element('p', { class: `verdict verdict-${wordOf(verdict)}` }, verdict.text),
    ...assumptions.map((text) => element('p', { class: 'note' }, `note: ${text}`)),
    trailOf(verdict.trail),
    facts(factsOf(verdict)),
    ...(grant ? grantParts(grant) : opening === undefined ? [] : [element('p', { class: 'note' }, opening)]),
  ];
}

function wordOf({ allowed, unknown }: Verdict): 'allowed' | 'refused' | 'unclear' {
  if (unknown !== undefined) return 'unclear';
  return allowed ? 'allowed' : 'refused';
}

/** Each proxy once, with what it said. */
function trailOf(trail: readonly VerdictStep[]): HTMLElement {
  const places = trail.filter(({ at }, index) => trail[index - 1]?.at !== at);
  const bodies = places.map((first) => {
    const start = trail.indexOf(first);
    const end = trail.findIndex(({ at }, index) => index > start && at !== first.at);
    const head = element('tr', {}, element('th', { scope: 'rowgroup', colspan: 2 }, first.at));
    return element('tbody', {}, head, ...trail.slice(start, end < 0 ? undefined : end).map(stepRow));
  });
  return element('table', { class: 'trail' }, element('caption', {}, 'The way, hop by hop'), ...bodies);
}

function stepRow({ layer, text, allowed }: VerdictStep): HTMLElement {
  return element('tr', {}, element('td', {}, layer), element('td', { class: allowed ? 'said' : 'said refused' }, text));
}

function grantParts({ code: line, yaml }: NonNullable<Answer['grant']>): HTMLElement[] {
  return [element('h3', {}, 'The smallest grant that opens it'), code(yaml, 'The grant as YAML'), code(line, 'The grant as a statement')];
}
