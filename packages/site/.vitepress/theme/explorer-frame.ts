import { withBase } from "vitepress";
import { defineComponent, h, onBeforeUnmount, onMounted, ref, type Ref, type VNode } from "vue";

/** The part of the frame that must be on screen before the explorer is loaded: a glance at its edge is none. */
const SEEN = 0.2;

/** The film explorer in the page. It is loaded when it is seen, and the page itself does not wait for it. */
export const ExplorerFrame = defineComponent({
  name: "ExplorerFrame",
  setup() {
    const box = ref<HTMLElement>();
    const isSeen = ref(false);
    let observer: IntersectionObserver | undefined;
    onMounted(() => {
      observer = new IntersectionObserver(
        ([entry]) => {
          if (!entry?.isIntersecting) return;
          isSeen.value = true;
          observer?.disconnect();
        },
        { threshold: SEEN },
      );
      if (box.value) observer.observe(box.value);
    });
    onBeforeUnmount(() => observer?.disconnect());
    return () => frame(box, isSeen.value);
  },
});

function frame(box: Ref<HTMLElement | undefined>, isSeen: boolean): VNode {
  const address = withBase("/explorer/index.html");
  const app = isSeen
    ? h("iframe", { src: address, title: "Film explorer, with its panel" })
    : h("div", { class: "explorer-place" }, "The explorer is loaded when it comes into view.");
  // The router of the site would look for a page of its own at this address.
  const link = h("a", { href: address, target: "_blank", rel: "noopener" }, "Open the explorer in a tab of its own");
  return h("div", { class: "explorer-frame", ref: box }, [app, h("p", [link])]);
}
