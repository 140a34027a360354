import { speaksGrpc } from '../../model/retry-safety';
import { portText } from '../call-words';
import { rule } from '../rule';

export const cutStreams = rule({
  code: 'MESH323',
  level: 'info',
  title: 'a timeout of the service cuts streams of gRPC as well',

  check(model, report) {
    for (const { service, timeoutMs, path, site } of model.routes) {
      const silent = service.ports.filter((port) => speaksGrpc(port) && port.timeoutMs === undefined);
      const isForOthers = service.ports.some((port) => port.readsHttp && !speaksGrpc(port));
      if (timeoutMs === undefined || silent.length === 0 || !isForOthers) continue;
      report({
        on: { path, site },
        message: `the timeout of ${service.name} holds on port ${portText(silent)} too, for a stream from its first message to its last`,
        got: `timeout ${timeoutMs / 1000}s`,
        fix: 'set streams: true at the port if it has streams that last, or a timeout of its own: MeshPort.grpc(9090, { streams: true })',
      });
    }
  },
});
