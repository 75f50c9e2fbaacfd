import { Content } from "vitepress";
import { VPHomeContent, VPHomeHero } from "vitepress/theme";
import { defineComponent, h } from "vue";

/** The front page, as VitePress has it, inside of the landmark that its other pages have. */
const Home = defineComponent({
  name: "SiteHome",
  setup: () => () => h("main", { class: "VPHome" }, [h(VPHomeHero), h(VPHomeContent, () => h(Content))]),
});

// It is imported in the place of a component of VitePress, which is a default export.
export default Home;
