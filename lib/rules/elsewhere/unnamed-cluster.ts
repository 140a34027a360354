import { partyText } from '../call-words';
import { rule } from '../rule';

export const unnamedCluster = rule({
  code: 'MESH623',
  level: 'error',
  title: 'service in a cluster that the mesh does not name',

  check({ others, cluster: here, otherClusters = [] }, report) {
    for (const party of others) {
      const { cluster, said } = party;
      if (cluster === undefined || otherClusters.some(({ name }) => name === cluster)) continue;
      report({
        on: party,
        message: `${partyText(party)} is in cluster ${cluster}${said ? `, as ${said.source} says` : ''}, and the Mesh here does not have it`,
        got: `cluster ${here?.name ?? 'of no name'}, others: ${otherClusters.map(({ name }) => name).join(', ') || 'none'}`,
        fix: `add MeshCluster.of('${cluster}', …) to otherClusters of the Mesh, with its network and the addresses of its gateways`,
      });
    }
  },
});
