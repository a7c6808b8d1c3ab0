/** What a page can try without asking anybody, run inside it. Answers with what it could read. */
export async function attack({
  server,
  body,
}: {
  server: string;
  body: string;
}): Promise<string[]> {
  const read: string[] = [];
  const settle = (what: string, tried: Promise<string>) =>
    tried.then(
      (text) => {
        if (text !== '') read.push(`${what}: ${text.slice(0, 80)}`);
      },
      () => undefined,
    );
  const loaded = (element: HTMLElement & { src?: string; href?: string }) =>
    new Promise<string>((resolve) => {
      element.onload = () => resolve(element instanceof HTMLImageElement ? 'drawn' : '');
      element.onerror = () => resolve('');
      document.body.append(element);
      setTimeout(() => resolve(''), 2000);
    });
  const image = new Image();
  image.src = `${server}/api/v1/sources?image`;
  const icon = new Image();
  icon.src = `${server}/favicon.svg`;
  const script = document.createElement('script');
  script.src = `${server}/api/v1/cases?script`;
  const frame = document.createElement('iframe');
  frame.src = `${server}/`;
  const tries: Promise<void>[] = [
    settle('img', loaded(image)),
    settle('favicon', loaded(icon)),
    settle('script', loaded(script)),
    settle(
      'iframe',
      loaded(frame).then(() => {
        try {
          return frame.contentDocument?.body.textContent ?? '';
        } catch {
          return '';
        }
      }),
    ),
  ];
  for (const path of ['/', '/metrics', '/healthz', '/api/v1/cases', '/api/v1/openapi.json']) {
    for (const mode of ['no-cors', 'cors'] as const) {
      tries.push(
        settle(
          `GET ${mode} ${path}`,
          fetch(server + path, { mode }).then((a) => a.text()),
        ),
      );
    }
  }
  const form = new FormData();
  form.append('file', new Blob([body]), 'x.ndjson');
  const bodies: readonly BodyInit[] = [
    new Blob([body], { type: 'text/plain' }),
    new URLSearchParams({ body }),
    form,
    // No content type at all.
    new Blob([body]),
  ];
  for (const path of [
    '/api/v1/ingest',
    '/api/v1/sources?name=x',
    '/api/v1/cases',
    '/api/v1/samples/broken',
  ]) {
    for (const one of bodies) {
      const sent = fetch(server + path, { method: 'POST', mode: 'no-cors', body: one });
      tries.push(
        settle(
          `POST ${path}`,
          sent.then((a) => a.text()),
        ),
      );
      navigator.sendBeacon(server + path, one);
    }
    for (const [type, client] of [
      ['application/x-ndjson', ''],
      ['application/json', 'page'],
    ] as const) {
      const headers = {
        'content-type': type,
        ...(client === '' ? {} : { 'x-forebear-client': client }),
      };
      const sent = fetch(server + path, { method: 'POST', headers, body });
      tries.push(
        settle(
          `POST ${type} ${path}`,
          sent.then((a) => a.text()),
        ),
      );
    }
  }
  tries.push(
    settle(
      'DELETE',
      fetch(`${server}/api/v1/cases/default`, { method: 'DELETE' }).then((a) => a.text()),
    ),
    settle(
      'EventSource',
      new Promise((resolve) => {
        const stream = new EventSource(`${server}/api/v1/stream`);
        stream.onopen = () => resolve('open');
        stream.onmessage = ({ data }) => resolve(String(data));
        stream.onerror = () => resolve('');
        setTimeout(() => resolve(''), 2000);
      }),
    ),
  );
  for (const type of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) {
    const target = document.createElement('iframe');
    target.name = `answer of ${type}`;
    const sending = document.createElement('form');
    sending.method = 'POST';
    sending.action = `${server}/api/v1/ingest`;
    sending.enctype = type;
    sending.target = target.name;
    const field = document.createElement('textarea');
    field.name = body;
    field.value = '';
    sending.append(field);
    document.body.append(target, sending);
    sending.submit();
  }
  window.open(`${server}/api/v1/cases`)?.close();
  await Promise.all(tries);
  return read;
}
