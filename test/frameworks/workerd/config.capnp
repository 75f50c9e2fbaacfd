using Workerd = import "/workerd/workerd.capnp";

# The test gives both addresses.
const config :Workerd.Config = (
  services = [
    (name = "films", worker = .films),
    (name = "api", external = (http = ())),
  ],
  sockets = [(name = "http", http = (), service = "films")],
);

const films :Workerd.Worker = (
  modules = [
    (name = "worker", esModule = embed "dist/worker.js"),
    (name = "page.txt", text = embed "dist/page.js"),
  ],
  globalOutbound = "api",
  compatibilityDate = "2026-11-01",
);
