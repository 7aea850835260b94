/** aws-lc-rs: key pairs that programs make and write to files. */
import type { CrateModel } from "./model.ts";

export const awsLcRs = {
  crate: "aws_lc_rs",
  package: "aws-lc-rs",
  versions: ">=1, <2",
  source: "https://github.com/aws/aws-lc-rs",
  types: {},
  calls: [
    { path: "aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8", givesPrivateKey: true },
    { path: "aws_lc_rs::signature::EcdsaKeyPair::to_pkcs8v1", givesPrivateKey: true },
    { path: "aws_lc_rs::signature::Ed25519KeyPair::generate_pkcs8", givesPrivateKey: true },
    { path: "aws_lc_rs::signature::Ed25519KeyPair::generate_pkcs8v1", givesPrivateKey: true },
    { path: "aws_lc_rs::signature::Ed25519KeyPair::to_pkcs8v1", givesPrivateKey: true },
  ],
} as const satisfies CrateModel;
