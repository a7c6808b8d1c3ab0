import { describe, expect, it } from 'vitest';
import { judgeName } from './randomName.ts';

/** Names that honest workloads call; invented or well known, chosen before the threshold was. */
const ordinary = `
kubernetes.default.svc.cluster.local kube-dns.kube-system.svc.cluster.local
elasticsearch-master.tenant-jobs.svc.cluster.local coreapi.tenant-jobs.svc.cluster.local
kafka-bootstrap.streaming.svc.cluster.local zookeeper-client.streaming.svc.cluster.local
prometheus-operated.monitoring.svc.cluster.local alertmanager-main.monitoring.svc.cluster.local
grafana.monitoring.svc.cluster.local loki-gateway.logging.svc.cluster.local
redis-headless.cache.svc.cluster.local postgres-rw.database.svc.cluster.local
mysql-0.mysql.shop.svc.cluster.local rabbitmq-nodes.queue.svc.cluster.local
istiod.istio-system.svc.cluster.local cert-manager-webhook.cert-manager.svc.cluster.local
ingress-nginx-controller.ingress-nginx.svc.cluster.local argocd-repo-server.argocd.svc.cluster.local
vault-active.vault.svc.cluster.local minio-hl.storage.svc.cluster.local
productpage.bookinfo.svc.cluster.local recommendationservice.boutique.svc.cluster.local
checkoutservice.boutique.svc.cluster.local otel-collector.observability.svc.cluster.local
ip-10-0-12-211.us-east-2.compute.internal ip-172-31-40-17.eu-west-1.compute.internal
gke-prod-default-pool-1a2b3c4d-x9zq.europe-west1-b.c.acme-prod.internal metadata.google.internal
github.com api.github.com codeload.github.com objects.githubusercontent.com raw.githubusercontent.com
docs.example.org downloads.example.com www.wikipedia.org archive.example.org mirrors.example.net images.example.io
static.example.io index.example.io proxy.example.org sum.example.org repo.example.apache.org
repo1.example.org plugins.example.org services.example.org archive.ubuntu.com security.ubuntu.com
security.example.org packages.example.net status.example.com updates.example.org
download.docker.com registry-1.docker.io auth.docker.io production.cloudflare.docker.com
quay.io cdn01.quay.io gcr.io us-docker.pkg.dev registry.k8s.io prod-registry-k8s-io-eu-west-1.s3.dualstack.eu-west-1.amazonaws.com
mcr.microsoft.com ghcr.io pkg-containers.githubusercontent.com public.ecr.aws
123456789012.dkr.ecr.us-west-2.amazonaws.com s3.amazonaws.com acme-backups.s3.eu-central-1.amazonaws.com
sts.amazonaws.com dynamodb.us-east-1.amazonaws.com sqs.ap-southeast-2.amazonaws.com
secretsmanager.eu-west-3.amazonaws.com ec2messages.us-east-1.amazonaws.com
kinesis.us-east-1.amazonaws.com logs.us-east-1.amazonaws.com monitoring.us-east-1.amazonaws.com
a1b2c3d4e5f6g7.cloudfront.net d3k9xq2m7v1bzt.cloudfront.net d111111abcdef8.cloudfront.net
my-loadbalancer-1234567890.us-west-2.elb.amazonaws.com
a9f8e7d6c5b4a3928170f1e2d3c4b5a6-1122334455.eu-west-1.elb.amazonaws.com
0a1b2c3d4e5f60718293a4b5c6d7e8f9.gr7.us-east-2.eks.amazonaws.com
shop-db.c9akciq32rgl.eu-west-1.rds.amazonaws.com sessions.x7k2p1.ng.0001.euw1.cache.amazonaws.com
x4f9k2l8m1.execute-api.us-east-1.amazonaws.com
ec2-52-18-101-7.eu-west-1.compute.amazonaws.com
storage.googleapis.com oauth2.googleapis.com pubsub.googleapis.com bigquery.googleapis.com
logging.googleapis.com cloudresourcemanager.googleapis.com firebaseinstallations.googleapis.com
www.googletagmanager.com fonts.gstatic.com clients4.google.com accounts.google.com
lh3.googleusercontent.com 34.120.101.5.bc.googleusercontent.com
login.microsoftonline.com graph.microsoft.com management.azure.com acmestorage01.blob.core.windows.net
acme-vault.vault.azure.net orders-func.azurewebsites.net acmeregistry.azurecr.io dc.services.visualstudio.com
westeurope.livediagnostics.monitor.azure.com settings-win.data.microsoft.com
hello-world-7xq2kz4bta-ew.a.run.app checkout-backend-4j3kl2m5nq-uc.a.run.app
my-shop-staging.herokuapp.com blog-preview-git-main-acme.vercel.app docs-acme.netlify.app
octocat.github.io acme.gitlab.io assets.pages.dev edge-router.acme.workers.dev
cluster0.ab1cd.mongodb.net cluster0-shard-00-01.ab1cd.mongodb.net
acme-eu.snowflakecomputing.com xy12345.eu-west-1.snowflakecomputing.com
e1234.dscb.akamaiedge.net a248.e.akamai.net www.acme.com.edgekey.net dualstack.reddit.map.fastly.net
cdn.jsdelivr.net unpkg.com cdnjs.cloudflare.com stackpath.bootstrapcdn.com code.jquery.com
static.cloudflareinsights.com challenges.cloudflare.com one.one.one.one dns.google
cloudflare-dns.com dns.quad9.net time.cloudflare.com 0.pool.ntp.org 2.debian.pool.ntp.org
acme-v02.api.letsencrypt.org r3.o.lencr.org ocsp.digicert.com crl3.digicert.com ocsp.pki.goog
o123456.ingest.sentry.io browser.sentry-cdn.com api.datadoghq.eu intake.logs.datadoghq.com
trace.agent.datadoghq.com process.datadoghq.com collector.newrelic.com metric-api.eu.newrelic.com
http-intake.logs.us5.datadoghq.com app.launchdarkly.com stream.launchdarkly.com events.launchdarkly.com
api.segment.io cdn.segment.com api.mixpanel.com api.amplitude.com api2.amplitude.com
hooks.slack.com wss-primary.slack.com api.telegram.org discord.com gateway.discord.gg
api.twilio.com api.sendgrid.com smtp.mailgun.org email-smtp.us-east-1.amazonaws.com
api.stripe.com checkout.stripe.com api.paypal.com js.braintreegateway.com api.adyen.com
api.openai.com api.anthropic.com huggingface.co cdn-lfs.huggingface.co api.cohere.ai
acme.atlassian.net bitbucket.org gitlab.com circleci.com api.travis-ci.com hub.docker.com
api.pagerduty.com events.pagerduty.com api.opsgenie.com status.io statuspage.io
acme.okta.com acme.eu.auth0.com sso.acme.co.uk vpn.acme.co.jp www.bbc.co.uk www.gov.uk
en.wikipedia.org upload.wikimedia.org www.youtube.com i.ytimg.com rr3---sn-4g5e6nez.googlevideo.com
www.facebook.com graph.facebook.com scontent.xx.fbcdn.net twitter.com abs.twimg.com
www.linkedin.com media.licdn.com www.reddit.com i.redd.it www.instagram.com
www.netflix.com occ-0-1167-1168.1.nflxso.net www.spotify.com audio-ak-spotify-com.akamaized.net
www.zalando.de www.allegro.pl www.rakuten.co.jp www.mercadolibre.com.ar www.leboncoin.fr
www.booking.com www.airbnb.com www.skyscanner.net www.deutschebahn.com www.sbb.ch
packages.confluent.io api.elastic.co artifacts.elastic.co epr.elastic.co telemetry.elastic.co
artifacthub.io charts.bitnami.com helm.cilium.io releases.hashicorp.com checkpoint-api.hashicorp.com
dl.k8s.io cdn.dl.k8s.io storage.yandexcloud.net mirror.yandex.ru www.hetzner.com
fsn1.your-objectstorage.com nyc3.digitaloceanspaces.com api.digitalocean.com api.linode.com
intranet.contoso.local fileserver01.corp.example.com jenkins.ci.example.com nexus3.tools.example.com
k8s-prod-ingress-01.dc2.example.net mail.example.org smtp01.example.org ldap-replica-3.example.internal
xn--bcher-kva.example xn--fiqs8s.cn schwarzwaldhochstrasse.example przedsiebiorstwo.example
`
  .trim()
  .split(/\s+/);

/** Tiny seeded generator (mulberry32), so that the list is the same on every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function pick(random: (below: number) => number, alphabet: string, length: number): string {
  let label = '';
  while (label.length < length) label += alphabet.charAt(random(alphabet.length));
  return label;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const schemes: Record<string, (random: (below: number) => number) => string> = {
  letters: (random) => `${pick(random, letters, 9 + random(8))}.com`,
  alphanumeric: (random) => `${pick(random, `${letters}0123456789`, 10 + random(8))}.xyz`,
  hex: (random) => `${pick(random, '0123456789abcdef', 12 + random(20))}.info`,
  base32: (random) => `${pick(random, `${letters}234567`, 16 + random(24))}.t.tunnel-provider.net`,
  consonants: (random) => `${pick(random, 'bcdfghjklmnpqrstvwxz', 9 + random(6))}.biz`,
  digitTail: (random) =>
    `${pick(random, letters, 6)}${pick(random, '0123456789', 2)}${pick(random, letters, 5)}.top`,
  labelBelow: (random) => `${pick(random, `${letters}0123456789`, 12)}.example.net`,
  shortLetters: (random) => `${pick(random, letters, 8)}.net`,
};

const perScheme = 40;
const drawn = Object.entries(schemes).map(([scheme, draw], index) => {
  const random = createRandom(1000 + index);
  return { scheme, names: Array.from({ length: perScheme }, () => draw(random)) };
});

describe('judgeName, measured', () => {
  it(`flags at most one in a hundred of ${ordinary.length} ordinary names`, () => {
    expect(ordinary.length).toBeGreaterThanOrEqual(150);
    const flagged = ordinary.filter((name) => judgeName(name).random);
    expect(flagged.slice(Math.floor(ordinary.length / 100))).toEqual([]);
  });

  it(`finds nine in ten of ${drawn.length * perScheme} drawn names, and three in four of every scheme`, () => {
    const recall = drawn.map(({ scheme, names }) => ({
      scheme,
      share: names.filter((name) => judgeName(name).random).length / perScheme,
    }));
    expect(recall.filter(({ share }) => share < 0.75)).toEqual([]);
    const mean = recall.reduce((sum, { share }) => sum + share, 0) / recall.length;
    expect(mean).toBeGreaterThanOrEqual(0.9);
  });

  it('does not find names put together from words: they are stated as missed', () => {
    const wordMade = ['possiblebranch.net', 'windowthrough.net', 'silverkitchen.com'];
    expect(wordMade.filter((name) => judgeName(name).random)).toEqual([]);
  });
});

describe('judgeName', () => {
  it('judges the registrable label and the longest below it', () => {
    expect(judgeName('kq7x2m9v4tz.net').label).toBe('kq7x2m9v4tz');
    expect(judgeName('a.kq7x2m9v4tz.example.co.uk').label).toBe('kq7x2m9v4tz');
    expect(judgeName('a.kq7x2m9v4tz.example.co.uk').random).toBe(true);
  });

  it('never judges a search suffix', () => {
    const suffixes = new Set(['kq7x2m9v4tz.internal.example']);
    expect(judgeName('shop.kq7x2m9v4tz.internal.example').random).toBe(true);
    expect(judgeName('shop.kq7x2m9v4tz.internal.example', suffixes).random).toBe(false);
  });

  it('leaves labels below eight characters alone', () => {
    expect(judgeName('x7f3q.example.net').random).toBe(false);
    expect(judgeName('x7f3q2k.net').label).toBe('');
  });

  it('wants a quarter of digits and three switches', () => {
    expect(judgeName('mail20250101.net').random).toBe(false); // one switch
    expect(judgeName('ma1l2to3me.net').random).toBe(true);
  });

  it('is weaker below cloud suffixes, and silent where labels are always generated', () => {
    expect(judgeName('ma1l2to3me.net').random).toBe(true);
    expect(judgeName('ma1l2to3me.azurewebsites.net').random).toBe(false);
    expect(judgeName('zq7xkv4wj2bqxk9v.azurewebsites.net').random).toBe(true);
    expect(judgeName('zq7xkv4wj2bqxk9v.cloudfront.net').random).toBe(false);
    expect(judgeName('zq7xkv4wj2bqxk9v.cloudfront.net').detail).toContain('not judged');
  });

  it('returns the figures', () => {
    expect(judgeName('kq7x2m9v4tz.net').detail).toMatch(
      /^"kq7x2m9v4tz": 11 characters, 36 % digits with 8 letter-digit switches, too few letters/,
    );
    expect(judgeName('wonderful.net').detail).toMatch(/mean log2 bigram -\d\.\d\d \(limit -5\.3\)/);
  });

  it('survives hostile names', () => {
    const hostile = [
      '',
      '.',
      '..',
      'a'.repeat(100_000),
      'a.'.repeat(50_000),
      '\u0000\u202e'.repeat(50),
    ];
    for (const name of hostile) expect(judgeName(name).detail.length).toBeLessThan(500);
  });
});
