import { rule } from '../rule';

export const noNetworkLayer = rule({
  code: 'MESH279',
  level: 'warning',
  title: 'closed namespace without a network layer',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const { name, networkLayer, owned } = namespace;
      if (networkLayer !== 'none' || !owned) continue;
      report({
        on: namespace,
        message: `no NetworkPolicy guards ${name}: what goes past the proxies of the mesh is refused by nobody`,
        got: 'networkPolicy: NetworkLayer.NONE',
        fix: 'leave out `networkPolicy`, or acknowledge this with the reason',
      });
    }
  },
});
