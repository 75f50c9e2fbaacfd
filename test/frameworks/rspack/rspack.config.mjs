import { HtmlRspackPlugin } from "@rspack/core";
import { ReactRefreshRspackPlugin } from "@rspack/plugin-react-refresh";

export default (_environment, { mode }) => {
  const development = mode === "development";
  const react = { runtime: "automatic", development, refresh: development };
  const options = { jsc: { parser: { syntax: "ecmascript", jsx: true }, transform: { react } } };
  return {
    entry: "./main.jsx",
    // While developing, an update that a page has not asked for yet must not be removed by the next one.
    output: { clean: !development },
    performance: { hints: false },
    module: { rules: [{ test: /\.jsx$/, use: { loader: "builtin:swc-loader", options } }] },
    plugins: [
      new HtmlRspackPlugin({ template: "./page.html" }),
      ...(development ? [new ReactRefreshRspackPlugin()] : []),
    ],
    devServer: { host: "127.0.0.1", client: { overlay: false } },
  };
};
