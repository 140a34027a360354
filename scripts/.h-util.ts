import { App, Chart, Duration, ApiObject, JsonPatch, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as L from '../lib/index';
import { schemaErrors } from '../test/schemas/schema-errors';
import { writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { stringify } from 'yaml';
export { App, Chart, Duration, ApiObject, JsonPatch, kplus, L };
export const S = L.DataPlane.sidecar(), A = L.DataPlane.ambient(), AW = L.DataPlane.ambient({ waypoint: L.Waypoint.ALWAYS }), AN = L.DataPlane.ambient({ waypoint: L.Waypoint.NEVER });
export const svc = (scope: any, id: string, props: any = {}) => new L.MeshedService(scope, id, { ...(props.workload ? {} : { image: 'x/y:1' }), ports: [L.MeshPort.http(8080)], ...props });
export const can = (scope: any, service: any, props: any = {}) => new L.CanaryRelease(scope, service.serviceName + '-rel', { service, canary: { version: 'v2', image: 'x/y:2' }, ...(props.steps ? {} : { weight: 10 }), ...props });
export function all(app: App): any[] { return app.node.findAll().filter((n): n is Chart => Chart.isChart(n)).flatMap((c) => c.toJson()); }
export function yaml(objs: any[]) { return objs.map((o) => stringify(o)).join('---\n'); }
export function run(title: string, body: (c: Chart, app: App) => void, opt: { show?: string[]; analyze?: boolean; all?: boolean; quiet?: boolean } = {}): any[] {
  console.log(`\n######## ${title}`);
  const app = new App(); const c = new Chart(app, 'c');
  try {
    body(c, app);
    let objs: any[] = [];
    try { for (const f of L.MeshReport.of(app).findings) if (!(opt.quiet && f.level === 'info')) console.log('  ~', f.level, f.text.replace(/\n\s*declared at:.*$/s, '').replace(/\n/g, '\n      ')); } catch (e: any) { console.log('  !! REPORT CRASH', (e.stack ?? '').split('\n').slice(0, 6).join('\n')); }
    const rend = (c2: Chart) => c2.node.findAll().filter((n): n is ApiObject => ApiObject.isApiObject(n)).map((o) => o.toJson());
    objs = JSON.parse(JSON.stringify(rend(c)));
    const errs = objs.flatMap(schemaErrors); if (errs.length) console.log('  SCHEMA', errs.join('\n         '));
    const want = opt.show ?? [];
    for (const o of objs) { const t = `${o.kind}/${o.metadata.name}`; if (opt.all || want.some((w) => t.includes(w))) console.log(`  > ${t} ns=${o.metadata.namespace ?? ''} labels=${JSON.stringify(o.metadata.labels ?? {})} ` + JSON.stringify(o.spec ?? {})); }
    if (opt.analyze) {
      writeFileSync('/tmp/h.yaml', yaml(objs));
      for (const args of [['analyze', '--use-kube=false', '/tmp/h.yaml'], ['validate', '-f', '/tmp/h.yaml']])
        try { console.log('  istioctl', args[0], execFileSync('/work/oracle/istioctl', args, { encoding: 'utf8', stdio: 'pipe' }).trim()); } catch (e: any) { console.log('  istioctl', args[0], 'FAIL', (e.stdout + e.stderr).trim()); }
    }
    return objs;
  } catch (e: any) { console.log('  THROWN', e.name, (e.stack ?? e.message).split('\n').slice(0, 8).join('\n    ')); return []; }
}
