import { App, Chart, ApiObject, Duration } from 'cdk8s';
import { DataPlane, HttpAccess, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
const n = Number(process.argv[2] ?? 1000);
const plane = process.argv[3] === 'ambient' ? DataPlane.ambient() : DataPlane.sidecar();
const t0 = performance.now();
const app = new App({ outdir: '/tmp/bench-out' });
const chart = new Chart(app, 'bench');
const services: MeshedService[] = [];
let ns: ZeroTrustNamespace;
for (let i = 0; i < n; i++) {
  if (i % 50 === 0) ns = new ZeroTrustNamespace(chart, `ns-${i / 50}`, { dataPlane: plane });
  services.push(new MeshedService(ns!, `svc-${i}`, { image: 'x:1', ports: [MeshPort.http(8080)], timeout: Duration.seconds(10), retries: { attempts: 2, perTryTimeout: Duration.seconds(3) }, circuitBreaker: { maxConnections: 100 } }));
}
for (let i = 0; i < n; i++) for (let k = 1; k <= 3; k++) services[(i + k) % n].calls(services[i], { http: [HttpAccess.get(`/p${k}/*`)] });
const t1 = performance.now();
app.synth();
const t2 = performance.now();
process.env.CDK8S_X='1';
const json = chart.toJson() as any[];
const r0 = performance.now();
const raw = new App({ outdir: '/tmp/bench-raw' });
const rc = new Chart(raw, 'bench');
json.forEach((o, i) => new ApiObject(rc, `o${i}`, o));
const r1 = performance.now();
raw.synth();
const r2 = performance.now();
console.log(`n=${n} objects=${json.length} construct=${((t1 - t0)/1e3).toFixed(2)} synth=${((t2 - t1)/1e3).toFixed(2)} rawc=${((r1 - r0)/1e3).toFixed(2)} raws=${((r2 - r1)/1e3).toFixed(2)} ratio=${((t2 - t0) / (r2 - r0)).toFixed(2)} rss=${(process.memoryUsage().rss / 1e6).toFixed(0)}`);
