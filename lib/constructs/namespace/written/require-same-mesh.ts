import type { Construct } from 'constructs';
import type { MeshSettings } from '../../../graph/mesh-settings';
import type { WrittenMeshFacts } from '../../../model/written/written-mesh';
import { MeshError } from '../../../support/mesh-error';

/** Refuses a mesh of which identities or hosts would not be those that this program writes into policies and scopes. */
export function requireSameMesh(at: Construct, settings: MeshSettings, mesh: WrittenMeshFacts): WrittenMeshFacts {
  const { trustDomain, trustDomainAliases = [], clusterDomain } = settings;
  const domains = [trustDomain, ...trustDomainAliases];
  if (!domains.includes(mesh.trustDomain)) {
    const said = `set trustDomain: '${mesh.trustDomain}' of the Mesh here, or list it in its trustDomainAliases`;
    refuse(at, mesh, `trust domain ${mesh.trustDomain}, and here ${domains.join(', ')}`, said);
  }
  if (mesh.clusterDomain !== clusterDomain) {
    refuse(
      at,
      mesh,
      `cluster domain ${mesh.clusterDomain}, and here ${clusterDomain}`,
      `set clusterDomain: '${mesh.clusterDomain}' of the Mesh here`,
    );
  }
  return mesh;
}

function refuse(at: Construct, { source }: WrittenMeshFacts, got: string, fix: string): never {
  throw new MeshError({
    code: 'MESH949',
    at,
    what: `both programs name identities and hosts in the same way, and ${source} does so otherwise`,
    got,
    fix: `${fix}; or mend the other program, where that is the wrong one`,
  });
}
