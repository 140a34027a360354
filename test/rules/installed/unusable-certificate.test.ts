import { unusableCertificate } from '../../../lib/rules/installed/unusable-certificate';
import { findings, raw } from '../model-builder';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const pem = (what: string) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;
const [CERTIFICATE, KEY] = [base64(pem('CERTIFICATE')), base64(pem('EC PRIVATE KEY'))];

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec: { selector: { istio: gateway }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: ["*"], tls: { mode: SIMPLE, credentialName: shop-tls } }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gateway, namespace: edge }
spec: { gatewayClassName: istio, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: bank-tls }] } }] }
---`;

const find = (fields: string, name = 'shop-tls') =>
  findings(unusableCertificate, {
    objects: raw(`${gateway}
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: edge }
${fields}
`),
  });

describe(unusableCertificate.title, () => {
  it.each([
    ['a certificate', `data: { tls.crt: ${CERTIFICATE}, tls.key: ${KEY} }`],
    ['one by its other keys', `data: { cert: ${CERTIFICATE}, key: ${KEY}, cacert: "" }`],
    ['one in plain text', `stringData: { tls.crt: ${JSON.stringify(pem('CERTIFICATE'))}, tls.key: ${JSON.stringify(pem('PRIVATE KEY'))} }`],
    ['what somebody else fills in', ''],
    ['what a tool puts in the place of its words', "stringData: { tls.crt: '<path:secret/shop#crt>', tls.key: '${KEY}' }"],
  ])('takes %s', (_, fields) => {
    expect(find(fields)).toEqual([]);
  });

  it('takes a Secret that no gateway shows', () => {
    expect(find('data: { password: YQ== }', 'database')).toEqual([]);
  });

  it.each([
    ['other keys', 'data: { certificate: YQ== }', 'has neither cert and key, nor tls.crt and tls.key'],
    ['empty keys', 'type: kubernetes.io/tls\ndata: { tls.crt: "", tls.key: "" }', 'has neither cert and key, nor tls.crt and tls.key'],
    ['something else', `data: { tls.crt: YQ==, tls.key: ${KEY} }`, 'its tls.crt is no certificate'],
    ['a certificate twice', `data: { cert: ${CERTIFICATE}, key: ${CERTIFICATE} }`, 'its key is no private key'],
  ])('fails one with %s', (_, fields, fault) => {
    expect(find(fields)).toMatchObject([{ message: expect.stringContaining(fault), field: ['data'] }]);
    expect(find(fields, 'bank-tls')).toHaveLength(1);
  });
});
