/// What the program tells by itself, heard by all open pages over one connection: a browser holds
/// no more than six to a server, and each stream keeps one. Of the pages that are open one leads: it
/// has the stream and passes on what it hears; when it is closed, the next one does. Where pages
/// cannot know of each other (no secure context), each has a stream of its own.

export type Told = { name: string; data: string };
type Message = Told | { name: 'hello' }; // of a page that has just been opened

const names = ['reading', 'ready', 'changed', 'pass', 'cancelled', 'stopped'];

/// Opens a stream; returns how to close it.
function listen(hear: (told: Told) => void): () => void {
  const events = new EventSource('/api/events');
  for (const name of names) {
    events.addEventListener(name, ({ data }: MessageEvent<string>) => hear({ name, data }));
  }
  events.addEventListener('stopped', () => events.close());
  events.onerror = () => hear({ name: 'stopped', data: '{}' });
  return () => events.close();
}

export function follow(hear: (told: Told) => void): () => void {
  if (!('locks' in navigator)) {
    return listen(hear);
  }
  const channel = new BroadcastChannel('outlast');
  const closing = new AbortController();
  let state: Told | null = null; // of the leader: what it heard last of the files
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.name !== 'hello') {
      hear(data as Told);
    } else if (state) {
      channel.postMessage(state);
    }
  };
  channel.postMessage({ name: 'hello' });
  void navigator.locks
    .request('outlast', { signal: closing.signal }, () =>
      new Promise<void>((resolve) => {
        const close = listen((told) => {
          state = told.name === 'pass' ? state : told;
          channel.postMessage(told);
          hear(told);
        });
        closing.signal.addEventListener('abort', () => {
          close();
          resolve();
        });
      }),
    )
    .catch(() => {}); // closed before its turn came
  return () => {
    closing.abort();
    channel.close();
  };
}
