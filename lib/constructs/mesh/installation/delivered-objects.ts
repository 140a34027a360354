import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { lazy } from '../../tree/lazy';
import { claimObject } from '../../tree/make-object';
import { Slot } from '../../tree/slot';
import type { HelmRelease } from './installation-outputs';
import type { IstioInstallation } from './istio-installation';

/** What becomes of each chart of an installation. */
interface Delivered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: (release: HelmRelease) => ApiObjectMetadata;
  readonly spec: (release: HelmRelease, before: HelmRelease | undefined) => unknown;
}

/** Has one object for each chart of an installation, in their order, as the whole program wants them in the end. */
export function deliver(scope: Construct, installation: IstioInstallation, { apiVersion, kind, metadata, spec }: Delivered): void {
  const specOf = (name: string): unknown => {
    const releases = installation.helmReleases;
    const index = releases.findIndex((release) => release.name === name);
    return spec(releases[index], releases[index - 1]);
  };
  new Slot(scope, 'Releases', () =>
    installation.helmReleases.map((release) => ({
      id: release.name,
      make: (at, id) =>
        claimObject(new ApiObject(at, id, { apiVersion, kind, metadata: metadata(release), spec: lazy(() => specOf(release.name)) })),
    })),
  );
}
