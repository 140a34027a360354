import { accountKey } from '../../cluster/workloads/identities';
import { partyText } from '../call-words';
import { ownWorkloads } from '../owners';
import { rule } from '../rule';

export const ownServiceByIdentity = rule({
  code: 'MESH214',
  level: 'error',
  title: 'own service passed as a ServiceIdentity',

  check(model, report) {
    // In an open namespace nothing has to be opened at the caller's end.
    const owned = ownWorkloads(model).filter((service) => service.namespace.zeroTrust && service.serviceAccountName !== undefined);
    const services = new Map(owned.map((service) => [accountKey(service.namespaceName, service.serviceAccountName ?? ''), service]));
    for (const call of model.calls) {
      const { kind, namespaceName, serviceAccountName, cluster } = call.caller;
      // In another cluster the same identity is other pods.
      const service =
        kind === 'identity' && cluster === undefined ? services.get(accountKey(namespaceName, serviceAccountName ?? '')) : undefined;
      if (!service || call.action === 'DENY' || call.action === 'DRY_RUN') continue;
      report({
        on: call,
        message: `${partyText(call.callee)} allows ${partyText(service)} by its identity alone: the caller's own end of the call stays closed, so it cannot connect`,
        got: `ServiceIdentity ${call.caller.name}`,
        fix: `pass the ${service.kind === 'service' ? 'MeshedService' : 'workload'} at ${service.path} instead`,
      });
    }
  },
});
