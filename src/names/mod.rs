//! Decides how alike two names are, and why. Text becomes comparable text once; the comparison
//! gives the score and the alignment that explains it in the same call.
