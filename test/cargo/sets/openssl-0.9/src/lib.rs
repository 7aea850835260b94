//! Written anew by the tests; here only so that cargo takes the folder for a package.
