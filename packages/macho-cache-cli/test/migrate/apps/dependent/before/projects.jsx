import { useProjects, useUser } from "./use-projects";
import { Tasks } from "./tasks";

export function Projects({ email }) {
  const user = useUser(email);
  const projects = useProjects(user.data?.id);
  if (user.isPending) return <p>Who?</p>;
  if (projects.isPending) return <p>{projects.fetchStatus === "idle" ? "Nobody" : `Projects of ${user.data.name}`}</p>;
  return (
    <ul>
      {projects.data.map((project) => (
        <li key={project}>
          {project} <Tasks project={project} />
        </li>
      ))}
    </ul>
  );
}
