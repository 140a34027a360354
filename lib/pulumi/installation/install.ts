import type * as pulumi from '@pulumi/pulumi';
import type { HelmRelease, IstioInstallation } from 'istio-constructs';
import { ReleaseResource } from './helm-release';
import { NamespacePatch } from './namespace-patch';

/** How the releases of an installation are called in the stack, and what holds for each. */
export interface Stacked {
  readonly nameOf: (release: Pick<HelmRelease, 'name' | 'namespaceName'>) => string;
  readonly aliasesOf: (release: Pick<HelmRelease, 'name' | 'namespaceName'>) => pulumi.Alias[];
  readonly valuesOf: (release: HelmRelease) => pulumi.Inputs;
  /** What everything of the program comes after, and where it stands. */
  readonly optionsAfter: (before: readonly pulumi.Resource[]) => pulumi.CustomResourceOptions;
}

/** Registers the charts of Istio, each after all before it, and what the namespace of istiod has to say before istiod is there. */
export function install(
  installation: IstioInstallation,
  first: readonly pulumi.Resource[],
  { nameOf, aliasesOf, valuesOf, optionsAfter }: Stacked,
): pulumi.Resource[] {
  const made: pulumi.Resource[] = [];
  for (const release of installation.helmReleases) {
    const options = { ...optionsAfter([...first, ...made]), aliases: aliasesOf(release) };
    made.push(new ReleaseResource(nameOf(release), release, valuesOf(release), options));
    if (release.chart === 'base') made.push(...patched(installation, [...first, ...made], { nameOf, aliasesOf, optionsAfter }));
  }
  return made;
}

function patched(
  { istiodNamespace }: IstioInstallation,
  before: readonly pulumi.Resource[],
  { nameOf, aliasesOf, optionsAfter }: Omit<Stacked, 'valuesOf'>,
): pulumi.Resource[] {
  const { name, labels, annotations } = istiodNamespace;
  if (Object.keys({ ...labels, ...annotations }).length === 0) return [];
  const place = { name, namespaceName: name };
  return [new NamespacePatch(nameOf(place), istiodNamespace, { ...optionsAfter(before), aliases: aliasesOf(place) })];
}
