import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { IstioInstallation } from 'istio-constructs';

/** An object as the charts write it. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** What Istio's own code makes of one chart, or of one file of istioctl. */
export interface Installed {
  readonly objects: readonly Rendered[];
  /** Values that no template reads. */
  readonly unknown: readonly string[] | null;
  readonly error?: string;
  /** As istiod reads them, by the name of their ConfigMap. */
  readonly meshConfigs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Question {
  readonly releases: ReadonlyArray<{
    readonly name: string;
    readonly chart: string;
    readonly namespaceName: string;
    readonly values: object;
  }>;
  readonly files: readonly string[];
}

export interface Answer {
  readonly releases: readonly Installed[];
  readonly files: readonly Installed[];
}

export function render(question: Question): Answer {
  const { status, stdout, stderr, error } = spawnSync(join(process.env.INSTALLATION_ENGINE!, 'installation'), {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  const told = JSON.parse(stdout) as { [Key in keyof Answer]: Answer[Key] | null };
  return { releases: told.releases ?? [], files: told.files ?? [] };
}

/** Both ways to install: each has to be taken whole. */
export function installed(installation: IstioInstallation): {
  readonly byHelm: ReadonlyMap<string, Installed>;
  readonly byIstioctl: readonly Installed[];
} {
  const releases = installation.helmReleases;
  const files = installation.files.filter(({ name }) => name.startsWith('istioctl')).map(({ text }) => text);
  const answer = render({ releases, files });
  for (const { error, unknown } of [...answer.releases, ...answer.files])
    expect({ error, unknown: unknown ?? [] }).toEqual({ error: undefined, unknown: [] });
  return { byHelm: new Map(releases.map(({ name }, index) => [name, answer.releases[index]])), byIstioctl: answer.files };
}

/** Names of the objects of a kind, sorted: charts come in any order. */
export function named(installation: Installed | undefined, kind: string): string[] {
  return (installation?.objects ?? [])
    .filter((one) => one.kind === kind)
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** The one object of a kind and a name. */
export function found(one: Installed | undefined, kind: string, name: string): Rendered {
  return one!.objects.find((object) => object.kind === kind && object.metadata.name === name)!;
}

type Pods = {
  spec: { containers: ReadonlyArray<{ image: string; env?: ReadonlyArray<{ name: string; value?: string }>; resources?: object }> };
};

/** The first container of its pods. */
export function containerOf(one: Installed | undefined, kind: string, name: string): Pods['spec']['containers'][number] {
  return (found(one, kind, name).spec!.template as Pods).spec.containers[0];
}
