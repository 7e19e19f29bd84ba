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
