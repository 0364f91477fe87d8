#### precedence
echo $((1+2*3)) $(((1+2)*3)) $((10-4-3)) $((2*3%4)) $((100/10/5)) $((1+2<<1)) $((7&3|8)) $((6^3&1))

#### unary operators
echo $((-3)) $((+3)) $((~5)) $((!0)) $((!7)) $((- -3)) $((-~3)) $((!!5))

#### comparisons
echo $((1<2)) $((2<=2)) $((3>4)) $((4>=4)) $((1==1)) $((1!=1)) $((1<2==1))

#### logic
echo $((0&&1)) $((1&&2)) $((0||0)) $((0||5)) $((1||0&&0))

#### logic stops early
x=0; : $((0 && (x=1))) $((1 || (x=2))); echo $x

#### conditional
echo $((1?2:3)) $((0?2:3)) $((0?1:0?2:3)) $((1?0?4:5:6))

#### a conditional evaluates one branch
x=0; : $((1 ? 5 : (x=1))); echo $x

#### assignments
x=5; echo $((x+=2)) $((x-=1)) $((x*=3)) $((x/=2)) $((x%=5)) $((x<<=2)) $((x>>=1)) $((x|=1)) $((x&=6)) $((x^=3)) $x

#### an assignment is an expression
echo $((x=3)) $x $(((y=x+1)*2)) $y; echo $((a=b=4)) $a $b

#### steps
## dash: has none
x=5; echo $((x++)) $x $((++x)) $x $((x--)) $((--x)) $x

#### comma
## dash: has none
echo $((x=1,y=2,x+y)) $x $y

#### octal and hexadecimal
echo $((010)) $((0x1F)) $((0XfF)) $((007+1)) $((0))

#### numbers in variables
x=010; y=0x10; z=' 7 '; echo $((x)) $((y)) $((z)) $(($x+$y))

#### negative numbers in variables
x=-5; echo $((x*2)) $((-x)) $((3-x)) $(($x*2)) $((3-$x))

#### unset and empty variables are 0
x=; echo $((x)) $((y)) $((x+1)) $((y*2))

#### overflow wraps
echo $((9223372036854775807+1)) $((-9223372036854775807-2)) $((9223372036854775807*2))

#### the smallest number divided
echo $((-9223372036854775807-1))

#### division truncates towards zero
echo $((7/2)) $((-7/2)) $((7/-2)) $((7%3)) $((-7%3)) $((7%-3))

#### division by zero is an error
(echo $((1/0)); echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### remainder of zero is an error
(echo $((1%0)); echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### a bad expression is an error
for e in '1+' '*2' '1 2' '(1' '1)' '08' 'a b' '1=2'; do (eval "echo \$(($e))") >/dev/null 2>&1 || echo "failed $e"; done

#### expansions inside
x=3; echo $(($x*2)) $((${x}+1)) $(($(echo 4)+`echo 5`)) $((${y:-6}))

#### operators from expansions
op=+; echo $((1 $op 2)) $((3${op}4)); e='1+2'; echo $(($e*2))

#### nested
echo $((1+$((2+$((3)))))) $(( $(( 4 )) ))

#### blanks and newlines
echo $((  1 +
2  )) $((
3
))

#### quotes inside
## dash: refuses
echo "$((1+"2"))" $(("3"*2))

#### in double quotes and here-documents
x=2; echo "$((x*2))"; cat <<E
$((x*3)) $(($x+1))
E

#### shifts
echo $((1<<10)) $((1024>>3)) $((-8>>1))

#### no expansion without dollar
echo '$((1))' \$((1)) 2>/dev/null || echo syntax

#### the result is split
IFS=1; echo $((212)) "$((212))"

#### a digit that joins an expansion
x=2; echo $((1$x+${x}0))

#### large shifts stay defined
echo $((1<<63)) $((1<<62>>62))

#### in a loop
i=0; while [ $i -lt 5 ]; do i=$((i+1)); done; echo $i

#### a variable is not split first
x='1 + 2'; echo $(( $x ))

#### assignment with expansions
x=3; : $((y=$x*2)); echo $y; : $((y+=$x)); echo $y

#### parentheses and command substitution
echo $((  (1+2) * (3) )) $(((2)))

#### empty
## dash: refuses
echo $(( ))

#### arithmetic of all operators
## dash: has no comma
echo $((1+2*3-4/2%3)) $((-7/2)) $((-7%2)) $((1<<4|1)) $((6&3^1)) $((~0)) $((!5)) $((!0)) $((1<2)) $((2>=3)) $((1==1&&0)) $((0||3)) $((1?2:3)) $((0?1:0?2:3)) $((x=5,x+=2,x)) $x $((x<<=1)) $((x>>=2)) $((x|=8)) $((x^=1)) $((x&=12)) $((010+0x10))

#### arithmetic that does not evaluate what is not needed
x=0; echo $((0&&(x=1))) $x $((1||(x=2))) $x $((1?3:(x=4))) $x $((0?(x=5):6)) $x

#### arithmetic with expansions inside
a=3 b='a'; echo $(($a+1)) $((a*2)) $(( $(echo 4) + `echo 5` )) $((${a}1+1)) $(( (a) )) $((a)) "$((a+a))" $((
 a
 +
 1 ))

#### arithmetic errors are said
(echo $((1/0)); echo no) 2>/dev/null; [ $? -ne 0 ] && echo zero; (echo $((1%0)); echo no) 2>/dev/null; [ $? -ne 0 ] && echo zero; (echo $((1+)); echo no) 2>/dev/null; [ $? -ne 0 ] && echo bad; (x=1+; echo $((x)); echo no) 2>/dev/null; [ $? -ne 0 ] && echo bad

#### parentheses that may be arithmetic at the end of the script are
## bash: takes them for a command
echo $((cat <<E
+(
E
))

#### operators in a row are taken from the left, and what decides is not looked past
## dash: has neither comma nor ++
x=0 y=5; echo $((y-1-1*2/1+x)) $((x&&y++||y&&x||y)) $y $(((x||y)&&(x=7,x)-2-1)) $((-y-y)) $((!(x-7)-1)) $((x?1:0+y?2:3))

#### what an operator gives is no variable to assign to
for e in '+i=5' '(i)=5' '+i+=1' '-i=5' '1?i:i=5' '1+i=5'; do (i=2; echo $(($e)) $i) 2>/dev/null || echo refused; done
