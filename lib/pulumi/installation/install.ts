import type * as pulumi from '@pulumi/pulumi';
import type { HelmRelease, IstioInstallation } from 'istio-constructs';
import { ReleaseResource } from './helm-release';
import { NamespacePatch } from './namespace-patch';

/** How the releases of an installation are called in the stack, and what holds for each. */
export interface Stacked {
  readonly nameOf: (release: Pick<HelmRelease, 'name' | 'namespaceName'>) => string;
  readonly aliasesOf: (release: Pick<HelmRelease, 'name' | 'namespaceName'>) => pulumi.Alias[];
  readonly valuesOf: (release: HelmRelease) => pulumi.Inputs;
  readonly objectOf: (manifest: object, before: readonly pulumi.Resource[]) => pulumi.Resource;
  /** What everything of the program comes after, and where it stands. */
  readonly optionsAfter: (before: readonly pulumi.Resource[]) => pulumi.CustomResourceOptions;
}

/** Registers the charts of Istio, each after all before it, tags before gateways, and what the namespace of istiod has to say before istiod is there. */
export function install(installation: IstioInstallation, first: readonly pulumi.Resource[], stacked: Stacked): pulumi.Resource[] {
  const { nameOf, aliasesOf, valuesOf, objectOf, optionsAfter } = stacked;
  const made: pulumi.Resource[] = [];
  const before = (): pulumi.Resource[] => [...first, ...made];
  const add = (release: HelmRelease): void => {
    const options = { ...optionsAfter(before()), aliases: aliasesOf(release) };
    made.push(new ReleaseResource(nameOf(release), release, valuesOf(release), options));
    if (release.chart === 'base') made.push(...patched(installation, before(), stacked));
  };
  const isGateway = ({ chart }: HelmRelease): boolean => chart === 'gateway';
  const releases = installation.helmReleases;
  releases.filter((release) => !isGateway(release)).forEach(add);
  const tags = installation.revisionTags.map((manifest) => objectOf(manifest, before()));
  made.push(...tags);
  releases.filter(isGateway).forEach(add);
  return made;
}

function patched(
  { istiodNamespace }: IstioInstallation,
  before: readonly pulumi.Resource[],
  { nameOf, aliasesOf, optionsAfter }: Stacked,
): pulumi.Resource[] {
  const { name, labels, annotations } = istiodNamespace;
  if (Object.keys({ ...labels, ...annotations }).length === 0) return [];
  const place = { name, namespaceName: name };
  return [new NamespacePatch(nameOf(place), istiodNamespace, { ...optionsAfter(before), aliases: aliasesOf(place) })];
}
