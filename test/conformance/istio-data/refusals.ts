import { Verdicts } from '../../../lib/asking/verdicts';
import type { MeshFinding } from '../../../lib/assembly/mesh-report';
import type { Finding } from '../answer';
import { engine } from '../engine';

/** An object of Istio, as somebody wrote it. */
export interface Sample {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly spec?: unknown;
}

/** What refuses an object: the schema and the rules of its kind, and the webhook. */
const REFUSES = ['CRD', 'CEL', 'FIELD', 'WEBHOOK'];
// Weights that are all 0 have a code of their own.
const OURS = ['MESH119', 'MESH125', 'MESH302'];

/** Whether Istio refuses each of them. */
export async function refusedBy(samples: readonly Sample[]): Promise<boolean[]> {
  const named = samples.map(withOwnName);
  const findings = await engine().judge(named);
  return named.map((one) => againstIt(one, findings).length > 0);
}

/** Where we and Istio differ about whether an object is taken, in words. */
export async function disagreements(samples: readonly Sample[]): Promise<string[]> {
  const named = samples.map(withOwnName);
  const findings = await engine().judge(named);
  const { findings: found } = Verdicts.lint(...named.map((one, index) => ({ name: `${index}.yaml`, text: JSON.stringify(one) })));
  return named.flatMap((one, index) => {
    const theirs = againstIt(one, findings).map(({ code, text }) => `${code} ${text}`);
    const ours = found.filter((finding) => isOurs(finding, index)).map(({ text }) => text);
    if (theirs.length > 0 === ours.length > 0) return [];
    return [
      `${theirs.length > 0 ? 'not told of' : 'refused wrongly'}: ${JSON.stringify(samples[index])}\n  ${[...theirs, ...ours].join('\n  ')}`,
    ];
  });
}

type Named = ReturnType<typeof withOwnName>;

/** Names have to differ; that of a Gateway is asked about. */
function withOwnName(sample: Sample, index: number) {
  const said = String(sample.metadata?.name ?? 'sample');
  const name = sample.kind === 'Gateway' && said.includes('.') ? said : `sample-${index}`;
  return { ...sample, metadata: { namespace: 'default', ...sample.metadata, name } };
}

function againstIt({ kind, metadata }: Named, findings: readonly Finding[]): Finding[] {
  const of = `${kind} ${String(metadata.namespace)}/${metadata.name}`;
  return findings.filter(({ object, level, code }) => object === of && level === 'error' && REFUSES.includes(code));
}

function isOurs({ path, code }: MeshFinding, index: number): boolean {
  return path.startsWith(`${index}.yaml:`) && OURS.includes(code);
}
