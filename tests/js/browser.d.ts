/** What the pages have beyond TypeScript's own notion of a browser. */

declare const Idiomorph: {
  morph(
    old: Element,
    fresh: Element | string,
    options?: {
      morphStyle?: "outerHTML" | "innerHTML";
      callbacks?: {
        beforeNodeRemoved?: (node: Node) => boolean;
        beforeNodeMorphed?: (node: Node) => boolean;
        beforeAttributeUpdated?: (name: string, node: Element) => boolean;
      };
    },
  ): Node[];
};

declare const htmx: { process(element: Element): void };

interface Document {
  ariaNotify?: (message: string, options?: { priority?: "high" | "normal" }) => void;
}

/** What TypeScript's notion of a page lacks of a service worker. */
interface WorkerWait extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface WorkerFetch extends WorkerWait {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface WorkerMessage extends WorkerWait {
  data: { kind?: string; path: string; files?: unknown } | null;
}

interface WorkerScope {
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: WorkerWait) => void): void;
  addEventListener(type: "fetch", listener: (event: WorkerFetch) => void): void;
  addEventListener(type: "message", listener: (event: WorkerMessage) => void): void;
}
