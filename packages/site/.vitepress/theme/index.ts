import DefaultTheme from "vitepress/theme";
import "./style.css";

// VitePress takes the theme as the default export.
export default DefaultTheme;
