import { failOnComplaints } from "./complaints.ts";

failOnComplaints();
